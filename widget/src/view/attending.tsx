/** What goes on beside the messages: who is writing, what is new, and whether it may be heard. */

import { Component } from "preact";
import { tellRead } from "../attending/marks";
import { countInTitle, markNew, mute, muted, soundNews } from "../attending/news";
import { hearWriting, tellWriting } from "../attending/typing";
import { texts } from "../texts.soon";
import type { Widget } from "../widget";
import { BellIcon, BellOffIcon } from "./icons.soon";

interface Props {
  widget: Widget;
}

/** Goes on as long as the widget is on the page; nothing to see. */
export class Attending extends Component<Props> {
  private ends: (() => void)[] = [];

  override componentDidMount(): void {
    const { widget } = this.props;
    const parts = [tellRead, tellWriting, hearWriting, markNew, soundNews, countInTitle];
    this.ends = parts.map((begin) => begin(widget));
  }

  override componentWillUnmount(): void {
    for (const end of this.ends) end();
  }

  render() {
    return null;
  }
}

/** At the end of the thread. */
export function Writing({ widget }: Props) {
  const { value: name } = widget.writing;
  if (name === null) return null;
  return (
    <p class="writing" data-testid="writing">
      <span dir="auto">{texts(widget.language)("writing", { name })}</span>
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </p>
  );
}

/** Above the first line that was not read. */
export function NewFrom({ widget }: Props) {
  return (
    <div class="new-from" data-testid="unread-divider">
      {texts(widget.language)("newFrom")}
    </div>
  );
}

export function Mute({ widget }: Props) {
  const t = texts(widget.language);
  const { value: off } = muted;
  return (
    <button
      type="button"
      class="icon-button"
      data-testid="mute"
      aria-label={t("sound")}
      aria-pressed={!off}
      title={t(off ? "soundOff" : "soundOn")}
      onClick={() => mute(widget, !off)}
    >
      {off ? <BellOffIcon /> : <BellIcon />}
    </button>
  );
}
