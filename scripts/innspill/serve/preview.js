// The preview's own script, which only `innspill serve` puts into a page.
//
// The server tells the whole state each time: the mark of the page, the mark of what is around
// it (scripts, images), the mark of the stylesheets, and the panel. What differs from what is
// shown is renewed, so that nothing is lost when the connection breaks for a while, or the tab
// was asleep. It runs before the page's own scripts, and so knows the page as it was sent.
(function () {
  "use strict";

  var own = "/.preview/";
  var told = document.currentScript.dataset;
  var shown = { page: told.page, around: told.around, look: told.look };
  var written = outline(document);
  var place = "innspill-preview:" + location.pathname;
  var folded = "innspill-preview-folded";

  // 1. The place in the text, kept over a reload. The browser keeps it too, but a font or an
  //    image that comes late can shift it; whoever scrolls meanwhile decides.
  function remember() {
    sessionStorage.setItem(place, JSON.stringify([window.scrollX, window.scrollY]));
  }

  function restore() {
    var kept = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (!kept) return;
    var at = JSON.parse(kept);
    var mine = false;
    ["wheel", "touchmove", "keydown", "pointerdown"].forEach(function (event) {
      addEventListener(event, function () { mine = true; }, { once: true, passive: true });
    });
    function go() {
      if (!mine) scrollTo({ left: at[0], top: at[1], behavior: "instant" });
    }
    go();
    addEventListener("load", function () { go(); requestAnimationFrame(go); });
    document.fonts.ready.then(go);
  }

  function reload() {
    remember();
    hush();
    location.reload();
  }

  // 2. What is new on a page whose frame is as before, put in without loading it anew: words
  //    where the old ones stand, or else the whole of <main>. The page's scripts are told, and
  //    where none of them can go on with it, or a place in it was asked for, it is loaded.
  var MOST = 20; // What a script keeps of an old <main> is let go of at last.
  var times = 0;

  function outline(page) {
    var main = page.querySelector("main");
    return { frame: described([page.head, page.body], main), main: main && described([main]) };
  }

  // The form of nodes without the words, and the words; up to this script, since what stands
  // behind it is not there yet when it runs.
  function described(nodes, without) {
    var form = [];
    var texts = [];
    var ended = false;
    function look(node) {
      if (ended || node === without) return;
      if (node.nodeType === Node.TEXT_NODE) {
        form.push("#");
        texts.push({ node: node, words: node.data });
      } else if (node.nodeName === "SCRIPT") {
        if ("page" in node.dataset) ended = true;
        else form.push(node.outerHTML);
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        form.push(node.cloneNode(false).outerHTML);
        node.childNodes.forEach(look);
        form.push("/");
      }
    }
    nodes.forEach(look);
    return { form: form.join("\n"), texts: texts };
  }

  function putIn(fresh) {
    var now = outline(fresh);
    if (!written.main || !now.main || window.innspillIndex) return false;
    if (!putWords(written.frame, now.frame)) return false;
    if (putWords(written.main, now.main)) return true;
    if (location.hash || ++times > MOST) return false;
    document.querySelector("main").replaceWith(fresh.querySelector("main"));
    written.main = now.main;
    return !document.dispatchEvent(new CustomEvent("innspill:renewed", { cancelable: true }));
  }

  function putWords(old, now) {
    if (old.form !== now.form) return false;
    var changed = old.texts.filter(function (each, at) {
      return each.words !== now.texts[at].words;
    });
    // What a script of the page has taken away or rewritten is not known well enough.
    var known = changed.every(function (each) {
      return each.node.isConnected && each.node.data === each.words;
    });
    if (known) {
      old.texts.forEach(function (each, at) {
        if (each.words !== now.texts[at].words) each.node.data = each.words = now.texts[at].words;
      });
    }
    return known;
  }

  var asked = 0;

  function renew() {
    var mine = ++asked;
    fetch(location.pathname).then(function (answer) { return answer.text(); }).then(function (html) {
      if (mine !== asked) return;
      var fresh = new DOMParser().parseFromString(html, "text/html");
      var script = fresh.querySelector("script[data-page]");
      if (script && script.dataset.around === shown.around && putIn(fresh))
        shown.page = script.dataset.page;
      else reload();
    }).catch(reload);
  }

  // 3. The panel, in a shadow root so that the page's stylesheet and this one stay apart.
  var host = document.createElement("div");
  host.id = "innspill-preview";
  var root = host.attachShadow({ mode: "open" });
  var sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = own + "preview.css";
  var alert = region("alert");
  var status = region("status");
  root.append(sheet, alert, status);
  // A page of the preview's own has the panel in its text, where a page has it laid over it.
  var standing = document.querySelector(".own .panel");
  if (standing) standing.replaceWith(host);
  else {
    host.className = "over";
    document.body.append(host);
  }

  function region(role) {
    var made = document.createElement("div");
    made.setAttribute("role", role);
    made.className = "region";
    return made;
  }

  function draw(panel) {
    var into = panel.indexOf('class="panel error"') > 0 ? alert : status;
    var other = into === alert ? status : alert;
    if (other.innerHTML) other.innerHTML = "";
    if (into.dataset.drawn === panel && into.innerHTML) return;
    into.dataset.drawn = panel;
    into.innerHTML = panel;
    var block = into.querySelector("details.error");
    if (!block) {
      if (into === status) sessionStorage.removeItem(folded);
      return;
    }
    // Who has folded it keeps it folded until all is mended.
    block.open = !sessionStorage.getItem(folded);
    block.addEventListener("toggle", function () {
      if (block.open) sessionStorage.removeItem(folded);
      else sessionStorage.setItem(folded, "1");
    });
  }

  // 4. New stylesheets, without loading the page anew: the old one goes when the new one is there.
  function restyle(mark) {
    document.querySelectorAll('link[rel="stylesheet"]').forEach(function (old) {
      var fresh = old.cloneNode();
      fresh.href = old.href.split("?")[0] + "?" + mark;
      fresh.onload = function () { old.remove(); };
      old.after(fresh);
    });
  }

  // 5. The news. A browser holds few connections to one server, so a hidden tab lets go of its
  //    own, and hears the whole state when it is looked at again.
  var source = null;
  var waiting = 0;

  function listen() {
    if (source) return;
    source = new EventSource(
      own + "events?lang=" + told.lang + "&path=" + encodeURIComponent(location.pathname)
    );
    source.onopen = function () {
      clearTimeout(waiting);
      if (status.dataset.ended) { status.innerHTML = ""; delete status.dataset.ended; }
    };
    source.onmessage = function (event) {
      var now = JSON.parse(event.data);
      draw(now.panel);
      if (now.look !== shown.look) {
        shown.look = now.look;
        restyle(now.look);
      }
      if (now.around !== shown.around) reload();
      else if (now.page !== shown.page) renew();
    };
    source.onerror = function () {
      clearTimeout(waiting);
      waiting = setTimeout(ended, 1500);
      // A browser that was refused does not try again by itself.
      if (source && source.readyState === EventSource.CLOSED) {
        hush();
        setTimeout(listen, 1000);
      }
    };
  }

  function hush() {
    if (source) source.close();
    source = null;
  }

  function ended() {
    var note = document.createElement("p");
    note.className = "panel ended";
    note.lang = told.lang;
    note.textContent = told.ended;
    status.replaceChildren(note);
    status.dataset.ended = "1";
  }

  function look() {
    if (document.visibilityState === "hidden") hush();
    else listen();
  }

  restore();
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", hush);
  addEventListener("pageshow", look);
  look();
})();
