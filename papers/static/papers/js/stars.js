// [☆] on a card keeps the paper in this browser.
import { cards, onArrival, onClick, paperOf } from "./cards.js";
import { count, takeBackStar } from "./counting.js";
import { say } from "./saying.js";
import { isStarred, onChange, star, unstar } from "./store.js";
import { word } from "./words.js";

export function toggleStar(card) {
  if (isStarred(card.id)) {
    unstar(card.id);
    takeBackStar(card);
    say(word("stars_off"));
  } else {
    star(paperOf(card));
    count(card, "star");
    say(word("stars_on"));
  }
}

function refresh(some) {
  for (const card of some) {
    card.querySelector(".title-star")?.setAttribute("aria-pressed", String(isStarred(card.id)));
  }
}

export function start() {
  onArrival(refresh);
  onChange((part) => part === "stars" && refresh(cards()));
  onClick("button.title-star", toggleStar);
}
