// Pages of answers: as in a card, but there from the beginning.
import { follow, letKeyboardScroll } from "./answers.js";

const section = document.querySelector("section.answers");
if (section) follow(section);
else letKeyboardScroll(document);
