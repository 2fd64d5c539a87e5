/* What went wrong between the page and perfgen: said on the page, and tried again by itself. */
"use strict";

(function () {
  var PAUSE = 2000; /* milliseconds before a part is asked for again */
  var SAID = {
    403: "perfgen 重新启动过，这一页要重新打开：双击启动文件，或用 perfgen serve 显示的地址。",
    404: "这份工作已经不在了：可能在别的窗口里清除过。请回到首页。"
  };
  var GONE = "连不上 perfgen：它可能已经关闭。重新启动后，这一页自己接着做，没有做完的都还在。";
  var STUMBLED = "没有做成。刷新这一页再试；已有的内容没有丢。";

  function place() { return document.getElementById("trouble"); }

  function say(text) {
    place().textContent = text;
    place().hidden = !text;
  }

  /* What is asked for by the page itself is asked for again; what was pressed is pressed again. */
  function again(detail) {
    var asks = detail.requestConfig && detail.requestConfig.verb === "get" && detail.target;
    if (!asks || (detail.elt.getAttribute("hx-trigger") || "").indexOf("load") < 0) { return; }
    window.setTimeout(function () {
      if (!document.contains(detail.target)) { return; }
      window.htmx.ajax("GET", detail.requestConfig.path, {
        source: document.contains(detail.elt) ? detail.elt : detail.target,
        target: detail.target, swap: "innerHTML"
      }).catch(function () { return null; }); /* said already, and tried once more */
    }, PAUSE);
  }

  document.addEventListener("htmx:sendError", function (event) {
    say(GONE);
    again(event.detail);
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful && place().textContent === GONE) { say(""); }
  });

  document.addEventListener("htmx:responseError", function (event) {
    var waiting = event.detail.target && event.detail.target.querySelectorAll(".waiting");
    Array.prototype.forEach.call(waiting || [], function (one) { one.remove(); });
    say(SAID[event.detail.xhr.status] || STUMBLED);
  });

  window.perfgenTrouble = say;
}());
