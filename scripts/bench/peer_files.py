"""What each program is given beside the texts: the least that makes pages with their contents."""

from __future__ import annotations

STYLE = """\
body { max-width: 40rem; margin: 2rem auto; font: 1.1rem/1.6 serif; }
table { border-collapse: collapse; }
td, th { border: 1px solid; padding: .2rem .5rem; }
"""
HEAD = '<meta charset="utf-8"><link rel="stylesheet" href="/style.css">'

HUGO = {
    "static/style.css": STYLE,
    "hugo.toml": """\
baseURL = "http://127.0.0.1/"
title = "Eksempelnettsted"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
[markup.goldmark.parser.attribute]
block = true
""",
    "layouts/_default/baseof.html": f"""\
<!doctype html>
<html lang="nb"><head>{HEAD}<title>{{{{ .Title }}}}</title></head>
<body>{{{{ block "main" . }}}}{{{{ end }}}}</body></html>
""",
    "layouts/_default/single.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>
{{ .TableOfContents }}{{ .Content }}{{ end }}
""",
    "layouts/_default/list.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
}

ELEVENTY = {
    "content/content.json": '{"layout": "page.njk"}\n',
    "style.css": STYLE,
    "eleventy.config.mjs": """\
import anchor from "markdown-it-anchor";
import attrs from "markdown-it-attrs";
import footnote from "markdown-it-footnote";
import contents from "markdown-it-toc-done-right";

export default function (eleventy) {
  eleventy.addPassthroughCopy("style.css");
  eleventy.amendLibrary("md", (markdown) =>
    markdown.use(footnote).use(attrs).use(anchor).use(contents));
  return {
    dir: { input: "content", includes: "../layouts", output: "public" },
    markdownTemplateEngine: false,
  };
}
""",
    "layouts/page.njk": f"""\
<!doctype html>
<html lang="nb"><head>{HEAD}<title>{{{{ title }}}}</title></head>
<body><h1>{{{{ title }}}}</h1>{{{{ content | safe }}}}</body></html>
""",
}

MKDOCS = {
    "theme/style.css": STYLE,
    "mkdocs.yml": """\
site_name: Eksempelnettsted
docs_dir: content
site_dir: public
theme:
  name: null
  custom_dir: theme
plugins: []
markdown_extensions: [attr_list, footnotes, toc, tables]
""",
    "theme/main.html": f"""\
<!doctype html>
<html lang="nb"><head>{HEAD}<title>{{{{ page.title }}}}</title></head>
<body><h1>{{{{ page.title }}}}</h1>
<ul>{{% for one in page.toc recursive %}}<li><a href="{{{{ one.url }}}}">{{{{ one.title }}}}</a>
{{% if one.children %}}<ul>{{{{ loop(one.children) }}}}</ul>{{% endif %}}</li>{{% endfor %}}</ul>
{{{{ page.content }}}}</body></html>
""",
}
