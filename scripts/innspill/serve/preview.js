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

  // 2. Words that are other than before, on a page that is otherwise the same: they are put
  //    where the old ones stand. Anything more loads the page anew.
  function outline(page) {
    var form = [];
    var texts = [];
    var ended = false; // What stands behind this script is not there yet when it runs.
    function look(node) {
      if (ended) return;
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
    look(page.head);
    look(page.body);
    return { form: form.join("\n"), texts: texts };
  }

  function putWords(fresh) {
    var now = outline(fresh);
    if (now.form !== written.form || window.innspillIndex) return false;
    var changed = [];
    written.texts.forEach(function (old, at) {
      if (old.words !== now.texts[at].words) changed.push([old, now.texts[at].words]);
    });
    // What a script of the page has taken away or rewritten is not known well enough.
    var known = changed.every(function (each) {
      return each[0].node.isConnected && each[0].node.data === each[0].words;
    });
    if (!known) return false;
    changed.forEach(function (each) {
      each[0].node.data = each[0].words = each[1];
    });
    return true;
  }

  var asked = 0;

  function renew() {
    var mine = ++asked;
    fetch(location.pathname).then(function (answer) { return answer.text(); }).then(function (html) {
      if (mine !== asked) return;
      var fresh = new DOMParser().parseFromString(html, "text/html");
      var script = fresh.querySelector("script[data-page]");
      if (script && script.dataset.around === shown.around && putWords(fresh))
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
  document.body.append(host);

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
    source = new EventSource(own + "events?path=" + encodeURIComponent(location.pathname));
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
