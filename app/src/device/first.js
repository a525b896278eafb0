(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  try {
    const size = localStorage.getItem(TEXT_SIZE);
    if (STEPS.includes(size)) root.dataset.text = size;
  } catch {
    // The browser refuses its storage: nothing is remembered.
  }
})();
