// Runs before anything is painted, for what would move things on the page if it came later.
try {
  const preferences = JSON.parse(localStorage.getItem("coolpapers.preferences"));
  const { dataset } = document.documentElement;
  if (preferences.data.showLinks) dataset.showLinks = "";
  // Lists wait for list.js, which takes this away, but not for ever.
  if (preferences.data.hideRead || preferences.data.eachOnce) {
    dataset.sortsOut = "";
    setTimeout(() => delete dataset.sortsOut, 3000);
  }
} catch {
  // Nothing is kept here, or storage is refused: the page is as it comes.
}
