// Says that letters have come since the page was opened.

const LOOK_EVERY_MS = 2000;
const news = document.getElementById("news");

async function look() {
  try {
    const answer = await fetch("/demo/now");
    const newest = answer.ok ? (await answer.json()).letters[0] : null;
    if (newest && newest.id !== news.dataset.newest) {
      const link = document.createElement("a");
      link.href = "/mail";
      link.textContent = "A new letter has come. Show it";
      news.replaceChildren(link);
      return;
    }
  } catch {
    // Away for a moment; it is asked again.
  }
  setTimeout(look, LOOK_EVERY_MS);
}

look();
