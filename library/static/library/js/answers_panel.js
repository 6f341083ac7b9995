// [Answers] opens in the card, beside the panels that papers bring themselves.
import { panels } from "../../papers/js/inplace.js";
import * as answers from "./answers.js";

panels.register("answers", answers);
