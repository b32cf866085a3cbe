// Brings the components of a page to life. Everything works without it.
import { initAll } from "../built/js/govuk.js";
import { hang } from "./questions.js";

initAll();
hang();
