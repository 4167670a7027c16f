// Runs before the first paint, so that language, elder mode, text size and theme never flash.
(function () {
  var root = document.documentElement;
  try {
    var view = JSON.parse(localStorage.getItem('view') || '{}');
    if (view.mode === 'elder') root.dataset.mode = 'elder';
    if (view.size === 'larger' || view.size === 'largest') root.dataset.size = view.size;
    if (view.theme === 'dark' || view.theme === 'light') root.dataset.theme = view.theme;
  } catch (e) {
    // Storage may be switched off; the defaults are right then.
  }
  if (/(?:^|;\s*)lang=en/.test(document.cookie)) root.lang = 'en';
})();
