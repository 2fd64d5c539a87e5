/* What a page needs besides htmx: files that are dropped, findings that are filtered, and the way
   from a finding to its place on the page and back. Nothing here knows a rule or a format. */
"use strict";

(function () {
  var EMPTY_CLASS = "here";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  /* --- files ------------------------------------------------------------------------------- */

  function send(form) {
    form.classList.add("busy");
    form.setAttribute("aria-busy", "true");
    form.requestSubmit();
  }

  function entriesOf(transfer) {
    return Array.prototype.slice.call(transfer.items || [])
      .map(function (item) { return item.webkitGetAsEntry ? item.webkitGetAsEntry() : null; })
      .filter(Boolean);
  }

  function isWorkbook(file) {
    return /\.(xlsx|xlsm)$/i.test(file.name) && !/^~\$/.test(file.name);
  }

  function fileOf(entry) {
    return new Promise(function (done) { entry.file(done, function () { done(null); }); });
  }

  function childrenOf(folder) {
    var reader = folder.createReader();
    var found = [];
    return new Promise(function (done) {
      function more() {
        reader.readEntries(function (some) {
          if (!some.length) { done(found); return; }
          found = found.concat(some);
          more();
        }, function () { done(found); });
      }
      more();
    });
  }

  function filesOf(entry) {
    if (entry.isFile) { return fileOf(entry).then(function (file) { return file ? [file] : []; }); }
    return childrenOf(entry).then(function (children) {
      return Promise.all(children.map(filesOf)).then(function (lists) {
        return [].concat.apply([], lists).filter(isWorkbook);
      });
    });
  }

  /* What is wrong with files before they are sent; nothing, mostly. */
  function objection(files, several) {
    var most = Number(document.body.dataset.mostFiles);
    var bytes = Number(document.body.dataset.mostBytes);
    var size = files.reduce(function (sum, file) { return sum + file.size; }, 0);
    if (!files.length) { return "里面没有工作簿（.xlsx）。"; }
    if (!several && files.length > 1) { return "这里一次放一个文件；几个工作簿一起检查，拖到首页。"; }
    if (files.length > most) { return "一次最多 " + most + " 个文件，这里有 " + files.length + " 个。请分几次。"; }
    if (size > bytes) { return "一次最多 " + bytes / 1048576 + " MB。请分几次，或删掉工作簿里的图片。"; }
    return "";
  }

  function take(form, files) {
    var input = form.querySelector("input[type=file][name]");
    var trouble = objection(files, input.multiple);
    var kept = new DataTransfer();
    window.perfgenTrouble(trouble);
    if (trouble) {
      form.reset();
      return;
    }
    files.forEach(function (file) { kept.items.add(file); });
    input.files = kept.files;
    send(form);
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest("[data-drop]");
    if (!form || event.target.type !== "file" || !event.target.files.length) { return; }
    var files = Array.prototype.slice.call(event.target.files);
    take(form, event.target.hasAttribute("data-folder") ? files.filter(isWorkbook) : files);
  });

  document.addEventListener("dragover", function (event) {
    event.preventDefault();
    var form = document.querySelector("[data-drop]");
    if (form) { form.classList.add("over"); }
  });

  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) {
      all("[data-drop]").forEach(function (form) { form.classList.remove("over"); });
    }
  });

  document.addEventListener("drop", function (event) {
    event.preventDefault();
    var form = event.target.closest("[data-drop]") || document.querySelector("[data-drop]");
    if (!form) { return; }
    form.classList.remove("over");
    var entries = entriesOf(event.dataTransfer);
    if (!entries.length) { take(form, Array.prototype.slice.call(event.dataTransfer.files)); return; }
    Promise.all(entries.map(filesOf)).then(function (lists) { take(form, [].concat.apply([], lists)); });
  });

  window.addEventListener("pageshow", function () {
    all("[data-drop]").forEach(function (form) {
      form.classList.remove("busy");
      form.removeAttribute("aria-busy");
    });
  });

  /* --- findings ---------------------------------------------------------------------------- */

  function filter(form) {
    var wanted = all("input[name=severity]:checked", form).map(function (box) { return box.value; });
    var onlyNew = form.querySelector("input[name=new]");
    var words = form.querySelector("input[name=words]").value.trim().toLowerCase();
    var shown = 0;
    all("[data-sheet] > ul > .finding").forEach(function (one) {
      var severities = one.dataset.severities.split(" ");
      var fits = severities.some(function (name) { return wanted.indexOf(name) >= 0; })
        && (!onlyNew || !onlyNew.checked || one.dataset.new === "yes")
        && (!words || one.textContent.toLowerCase().indexOf(words) >= 0);
      one.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    all("[data-sheet]").forEach(function (sheet) {
      sheet.hidden = !sheet.querySelector(".finding:not([hidden])");
    });
    form.querySelector("[data-shown]").textContent = "显示 " + shown + " 处";
  }

  document.addEventListener("input", function (event) {
    var form = event.target.closest("[data-filter]");
    if (form) { filter(form); }
  });

  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-filter]")) { event.preventDefault(); }
    var question = event.target.getAttribute("data-confirm");
    if (question && !window.confirm(question)) { event.preventDefault(); }
  });

  /* --- pages ------------------------------------------------------------------------------- */

  function holds(list, wanted) {
    return ("|" + list + "|").indexOf("|" + wanted + "|") >= 0;
  }

  function spotsFor(cell, row) {
    var spots = all(".spot");
    var exact = spots.filter(function (spot) { return holds(spot.dataset.cells, cell); });
    return exact.length ? exact : spots.filter(function (spot) { return holds(spot.dataset.rows, row); });
  }

  function mark(spots) {
    all(".spot." + EMPTY_CLASS).forEach(function (spot) { spot.classList.remove(EMPTY_CLASS); });
    spots.forEach(function (spot) { spot.classList.add(EMPTY_CLASS); });
  }

  function show(button) {
    var spots = spotsFor(button.dataset.cell, button.dataset.row);
    mark(spots);
    if (spots.length) { spots[0].scrollIntoView({ block: "center" }); }
    say(spots.length ? "印在这里" : "这一格没有印在页面上", spots.length ? "passing" : "");
    origin().firstChild.appendChild(wayBack(button.closest(".finding") || button, "回到检查结果"));
  }

  function origin() { return document.getElementById("origin"); }

  /* A button that leads to a finding: on a narrow screen it lies far above the page. */
  function wayBack(goal, words) {
    var button = document.createElement("button");
    button.className = "button small back";
    button.textContent = words;
    button.addEventListener("click", function () {
      say("");
      goal.scrollIntoView({ block: "center" });
      goal.focus({ preventScroll: true });
    });
    return button;
  }

  function findingsAt(spot) {
    var found = all(".finding .place").filter(function (place) {
      return holds(spot.dataset.cells, place.dataset.cell);
    });
    return found.map(function (place) { return place.closest(".finding"); })
      .filter(function (one, number, list) { return list.indexOf(one) === number && !one.hidden; });
  }

  /* The card of a spot leads to what was found there, and does not cover the spot. */
  function arrived(spot) {
    var card = origin().querySelector(".found");
    if (!card) { return; }
    findingsAt(spot).slice(0, 5).forEach(function (one) {
      var words = one.querySelector(".message").textContent;
      card.appendChild(wayBack(one, "看问题：" + (words.length > 30 ? words.slice(0, 30) + "…" : words)));
    });
    var hidden = card.getBoundingClientRect().bottom - spot.getBoundingClientRect().top;
    if (hidden > 0) { scroller(spot).scrollBy(0, -hidden - 20); }
  }

  function scroller(spot) {
    var pages = spot.closest(".pages");
    return pages.scrollHeight > pages.clientHeight + 1 && getComputedStyle(pages).overflowY === "auto"
      ? pages : window;
  }

  function say(text, kind) {
    var place = origin();
    if (!place) { return; }
    place.textContent = "";
    if (text) {
      var note = document.createElement("p");
      note.className = "note " + (kind || "");
      note.textContent = text + " ";
      place.appendChild(note);
    }
  }

  function tell(spot) {
    mark([spot]);
    window.htmx.ajax("GET", spot.dataset.spot, { target: "#origin", swap: "innerHTML" })
      .then(function () { arrived(spot); }, function () { return null; }); /* said already */
  }

  document.addEventListener("click", function (event) {
    var spot = event.target.closest(".spot");
    if (spot) { tell(spot); return; }
    var place = event.target.closest("[data-cell]");
    if (place) { show(place); }
    if (event.target.closest("[data-close]")) { say(""); mark([]); }
    if (event.target.closest("[data-print]")) { window.print(); }
  });

  function nextSpot(spots, at, key) {
    if (key === "Home") { return spots[0]; }
    if (key === "End") { return spots[spots.length - 1]; }
    var forward = key === "ArrowRight" || key === "ArrowDown";
    return spots[Math.max(0, Math.min(spots.length - 1, at + (forward ? 1 : -1)))];
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.type === "file") {
      event.preventDefault(); /* a browser opens the choice with the space bar alone */
      event.target.click();
      return;
    }
    var sheet = event.target.closest("[data-page]");
    if (!sheet) {
      if (event.key === "Escape") { say(""); mark([]); }
      return;
    }
    var spots = all(".spot", sheet);
    var at = spots.indexOf(event.target);
    if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key) && spots.length) {
      event.preventDefault();
      nextSpot(spots, at, event.key).focus();
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      event.preventDefault();
      tell(event.target);
    } else if (event.key === "Escape") {
      say("");
      mark([]);
      sheet.focus();
    }
  });

  /* --- parts that arrive ------------------------------------------------------------------- */

  var focused = null; /* the part that held the focus before it was replaced */

  document.addEventListener("htmx:beforeSwap", function (event) {
    var part = event.detail.target;
    focused = part && part.contains(document.activeElement) && part !== document.body ? part : null;
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    var part = event.target;
    if (part.querySelector && part.querySelector("[data-settled]")) { part.removeAttribute("aria-busy"); }
    if (focused && document.activeElement === document.body && document.contains(focused)) {
      focused.tabIndex = -1; /* a keyboard goes on where it was */
      focused.focus({ preventScroll: true });
    }
    focused = null;
    all("[data-now]", part).forEach(function (link) {
      link.removeAttribute("data-now");
      link.focus();
      link.click();
    });
  });

  /* On paper all is open: what is folded cannot be opened there. */
  window.addEventListener("beforeprint", function () {
    all("details.follows:not([open])").forEach(function (one) {
      one.open = true;
      one.setAttribute("data-folded", "");
    });
  });

  window.addEventListener("afterprint", function () {
    all("details[data-folded]").forEach(function (one) {
      one.open = false;
      one.removeAttribute("data-folded");
    });
  });
}());
