// Speaks for the page while the program isn't there: it loads, it can't, or it has stopped.
// A classic script in the JavaScript of 2009, because it has to run in the browsers it turns away.
(function () {
  "use strict";

  var TEXTS = {
    en: {
      loading: "Loading the playground\u2026",
      loadingAdvice: "Five servers elect a leader here, in your browser. Crash it, see what the other four do about it, and ask why that is so.",
      old: "This browser is too old for the playground.",
      oldAdvice: "It needs WebAssembly, JavaScript modules and the colour schemes of CSS. Any current Firefox, Chrome, Edge or Safari has them.",
      file: "The playground can't run from a file.",
      fileAdvice: "Browsers load programs from web addresses only. Put this folder on any web server, or run \u201ccargo xtask serve\u201d in the project.",
      failed: "The playground could not be loaded.",
      failedAdvice: "Check the connection and reload the page. If it keeps failing, a file may be missing on the server, or an extension may block WebAssembly.",
      sandboxed: "The playground can't load in this frame.",
      sandboxedAdvice: "The frame is sandboxed, so its origin is \u201cnull\u201d. Add allow-same-origin to its sandbox, or let the server of the playground send \u201cAccess-Control-Allow-Origin: *\u201d.",
      stopped: "The playground has stopped",
      stoppedAdvice: "This is a bug in the page. The report below reproduces it; please include it if you report this.",
      report: "Report",
      restart: "Restart",
      copy: "Copy report",
      copied: "Copied",
      marked: "The report is marked: copy it with the keys or the menu of your browser."
    },
    "pt-BR": {
      loading: "Carregando o playground\u2026",
      loadingAdvice: "Cinco servidores elegem um leader aqui, no seu navegador. Derrube-o, veja o que os outros quatro fazem e pergunte por qu\u00ea.",
      old: "Este navegador \u00e9 antigo demais para o playground.",
      oldAdvice: "Ele precisa de WebAssembly, de m\u00f3dulos JavaScript e dos esquemas de cores do CSS. Qualquer Firefox, Chrome, Edge ou Safari atual os tem.",
      file: "O playground n\u00e3o roda a partir de um arquivo.",
      fileAdvice: "Navegadores s\u00f3 carregam programas de endere\u00e7os da web. Coloque esta pasta em um servidor web ou rode \u201ccargo xtask serve\u201d no projeto.",
      failed: "N\u00e3o foi poss\u00edvel carregar o playground.",
      failedAdvice: "Verifique a conex\u00e3o e recarregue a p\u00e1gina. Se continuar falhando, pode faltar um arquivo no servidor, ou uma extens\u00e3o pode estar bloqueando WebAssembly.",
      sandboxed: "O playground n\u00e3o pode ser carregado neste frame.",
      sandboxedAdvice: "O frame tem sandbox, por isso sua origem \u00e9 \u201cnull\u201d. Acrescente allow-same-origin ao sandbox dele, ou fa\u00e7a o servidor do playground enviar \u201cAccess-Control-Allow-Origin: *\u201d.",
      stopped: "O playground parou",
      stoppedAdvice: "Isto \u00e9 um erro da p\u00e1gina. O relat\u00f3rio abaixo o reproduz; inclua-o ao relatar o problema.",
      report: "Relat\u00f3rio",
      restart: "Reiniciar",
      copy: "Copiar relat\u00f3rio",
      copied: "Copiado",
      marked: "O relat\u00f3rio est\u00e1 marcado: copie-o com as teclas ou o menu do navegador."
    }
  };

  var language = /^pt\b/i.test(navigator.language || "") ? "pt-BR" : "en";
  var texts = TEXTS[language];

  function element(id) {
    return document.getElementById(id);
  }

  function say(id, text) {
    var target = element(id);
    if (target) {
      target.textContent = text;
    }
  }

  // Replaces the loading message by what is wrong and what to do about it.
  function refuse(problem, detail) {
    var boot = element("boot");
    if (!boot) {
      return;
    }
    boot.className = "boot-failed";
    element("boot-message").setAttribute("role", "alert");
    say("boot-text", texts[problem]);
    say("boot-advice", texts[problem + "Advice"]);
    if (detail) {
      say("boot-detail", detail);
      element("boot-detail").hidden = false;
    }
  }

  function hasModules() {
    return "noModule" in document.createElement("script");
  }

  // Without them every colour of static/styles/tokens.css is lost, and the ring is black on white.
  function hasColours() {
    return window.CSS && CSS.supports && CSS.supports("color", "light-dark(#000, #fff)");
  }

  // A trap that went past the program's own panic hook still must not leave a frozen page behind.
  function showTrap(error) {
    var panic = element("panic");
    if (error instanceof WebAssembly.RuntimeError && panic.hidden && !element("boot")) {
      element("panic-report").value = String(error.stack || error);
      rememberStop();
      panic.hidden = false;
    }
  }

  // So that the next visit does not open at once again what stopped the program. In a frame of another page nothing is stored.
  function rememberStop() {
    if (document.documentElement.hasAttribute("data-embed")) {
      return;
    }
    try {
      localStorage.setItem("raft-playground.stopped", "1");
    } catch (forbidden) {
      // Then nothing is opened at the next visit either.
    }
  }

  // Whoever shows the report, the stopped program below it is out of reach.
  function guardPanic() {
    var panic = element("panic");
    new MutationObserver(function () {
      element("app").inert = !panic.hidden;
      if (!panic.hidden) {
        element("panic-restart").focus();
      }
    }).observe(panic, { attributes: true, attributeFilter: ["hidden"] });
    element("panic-copy").addEventListener("click", function () {
      var report = element("panic-report");
      function mark() {
        report.focus();
        report.select();
        say("panic-copied", texts.marked);
      }
      if (navigator.clipboard && navigator.clipboard.writeText) {
        navigator.clipboard.writeText(report.value).then(function () {
          say("panic-copied", texts.copied);
        }, mark);
      } else {
        mark();
      }
    });
    element("panic-restart").addEventListener("click", function () {
      location.reload();
    });
  }

  // To a frame with a sandbox even its own host is another one, which has to allow that its programs are loaded.
  function failed(detail) {
    refuse(window.origin === "null" ? "sandboxed" : "failed", detail);
  }

  function watchForTrouble() {
    window.addEventListener("playground-failed", function (event) {
      failed(event.detail);
    });
    window.addEventListener("error", function (event) {
      if (event.target && event.target.tagName === "SCRIPT") {
        failed(event.target.src);
      } else {
        showTrap(event.error);
      }
    }, true);
    window.addEventListener("unhandledrejection", function (event) {
      showTrap(event.reason);
    });
  }

  // In a frame of another page the ring stands alone, or beside the panels that were asked for.
  function bareOfWhatFramesLack() {
    var lacks = "#boot .header, #boot .toolbar, #boot .legend-room";
    if (!/[?&]panels=\w/.test(location.search)) {
      lacks += ", #boot .panels";
    }
    document.querySelectorAll(lacks).forEach(function (part) {
      part.parentNode.removeChild(part);
    });
  }

  // Whether the page will begin with another run than that of a first visit.
  function opensAnother() {
    try {
      return location.hash.length > 1 || localStorage.getItem("raft-playground.run.v1") !== null;
    } catch (forbidden) {
      return false;
    }
  }

  // Whoever has done something here finds the page again without a network.
  function keepOffline() {
    var root = document.documentElement;
    var saves = navigator.connection && navigator.connection.saveData;
    // `cargo xtask build` sets the first; a page in a frame of another one stores nothing, and may not in one with a sandbox.
    var stores = !root.hasAttribute("data-embed") && window.origin !== "null";
    if (!root.hasAttribute("data-offline") || !stores || saves || !navigator.serviceWorker) {
      return;
    }
    function keep() {
      removeEventListener("pointerdown", keep, true);
      removeEventListener("keydown", keep, true);
      navigator.serviceWorker.register("offline.js").catch(function () {
        // The browser does not allow it. Then the page needs a network.
      });
    }
    // Before the program takes the event for itself.
    addEventListener("pointerdown", keep, true);
    addEventListener("keydown", keep, true);
  }

  document.documentElement.lang = language;
  if (/[?&]embed\b/.test(location.search)) {
    document.documentElement.setAttribute("data-embed", "");
    bareOfWhatFramesLack();
  }
  if (opensAnother()) {
    element("boot").className = "boot-other";
  }
  say("boot-text", texts.loading);
  say("boot-advice", texts.loadingAdvice);
  say("panic-title", texts.stopped);
  say("panic-text", texts.stoppedAdvice);
  say("panic-restart", texts.restart);
  say("panic-copy", texts.copy);
  element("panic-report").setAttribute("aria-label", texts.report);

  if (typeof WebAssembly !== "object" || !hasModules() || !hasColours()) {
    refuse("old");
  } else if (location.protocol === "file:") {
    refuse("file");
  } else {
    watchForTrouble();
    guardPanic();
    keepOffline();
  }
})();
