// Brings the components of a page to life. Everything works without it.
import { initAll } from "../built/js/govuk.js";
import { keepDrafts } from "./drafts.js";
import { hang } from "./questions.js";

initAll();
hang();
keepDrafts();
