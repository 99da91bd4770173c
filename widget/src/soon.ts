/**
 * What every open widget needs soon, but not to show a conversation and to send: the line to the server, how a text
 * with marks looks, and what is seen when something goes wrong. A file of its own, asked for as soon as there is
 * something to listen for.
 */

import css from "./soon.css?inline";
import { addStyles } from "./styles";

export { spokenText } from "@shared/files/spoken";
export { Realtime } from "@shared/realtime";
export { Marking } from "./marking/marking";
export { Attending, Mute, NewFrom, Writing } from "./view/attending";
export { Counter } from "./view/counter";
export { Failed } from "./view/failed";
export { Jump, Older } from "./view/history";
export { Later } from "./view/later";
export { Markup } from "./view/markup";
export { More } from "./view/more";
export { Notice, noticeOf } from "./view/notice";

addStyles(css);
