/**
 * What visitors leave and take along: a request while nobody is there, an end, a rating, the conversation as a file.
 * A file of its own, asked for when one of these is wanted.
 */

import { addStyles } from "../styles";
import css from "./leaving.css?inline";

export { Absent } from "./absent";
export { Menu } from "./menu";
export { forget } from "./request";
export { Tail } from "./tail";

addStyles(css);
