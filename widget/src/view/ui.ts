/** What every part of the view is given. */

import type { Texts } from "../texts";
import type { Widget } from "../widget";

export interface Ui {
  widget: Widget;
  t: Texts;
}
