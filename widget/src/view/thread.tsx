/** The scrolling part: it stays at the newest line, unless the visitor has gone up to read. */

import { Component, createRef } from "preact";
import { files, leaving, soon } from "../part";
import type { Widget } from "../widget";
import { Lines } from "./line";
import type { Ui } from "./ui";

const NEAR_PX = 80;

interface Measured {
  fromEnd: number;
  oldest: number;
}

export class Thread extends Component<Ui, { away: boolean }> {
  override state = { away: false };
  private readonly ref = createRef<HTMLDivElement>();
  private pending = 0;
  private oldest = 0;
  /** What stood last when the visitor went up. */
  private readTo = 0;
  private observer: ResizeObserver | undefined;

  override componentDidMount(): void {
    this.toEnd();
    if (typeof ResizeObserver === "undefined" || !this.scroller) return;
    this.observer = new ResizeObserver(() => {
      if (!this.state.away) this.toEnd();
    });
    this.observer.observe(this.scroller);
  }

  override componentWillUnmount(): void {
    this.observer?.disconnect();
  }

  /** Before lines are drawn: how far from the end the visitor is, and where the thread began. */
  override getSnapshotBeforeUpdate(): Measured {
    const { scrollHeight = 0, scrollTop = 0 } = this.scroller ?? {};
    return { fromEnd: scrollHeight - scrollTop, oldest: this.oldest };
  }

  override componentDidUpdate(_props: Ui, _state: unknown, before: Measured): void {
    const { widget } = this.props;
    const pending = widget.pending.length;
    this.oldest = widget.conversation.messages.value[0]?.seq ?? 0;
    if (!this.state.away || pending > this.pending) {
      this.toEnd();
    } else if (this.scroller && this.oldest < before.oldest) {
      // Lines came in above: what was on the screen stays where it was.
      this.scroller.scrollTop = this.scroller.scrollHeight - before.fromEnd;
    }
    this.pending = pending;
  }

  render({ widget, t }: Ui, { away }: { away: boolean }) {
    const { messages, earlier, base } = widget.conversation;
    const list = messages.value;
    if (!away) this.readTo = list[list.length - 1]?.seq ?? 0;
    const below = list.filter(({ direction, seq }) => direction === "out" && seq > this.readTo);
    return (
      <div class="middle">
        <div
          ref={this.ref}
          class="thread"
          role="log"
          aria-live="off"
          aria-label={t("thread")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          onScroll={this.onScroll}
        >
          {base.value > 0 && !earlier.value.length ? (
            soon.show(({ Older }) => <Older widget={widget} />)
          ) : (
            <Greeting widget={widget} t={t} />
          )}
          <Lines
            widget={widget}
            t={t}
            parts={[
              earlier.value,
              list,
              widget.outbox.entries.value,
              widget.conversation.current.value?.unread,
              widget.operator.value,
              soon.module.value,
              files.module.value,
              widget.newFrom.value,
            ]}
          />
          {soon.show(({ Writing }) => (
            <Writing widget={widget} />
          ))}
          <Ending widget={widget} />
        </div>
        {away &&
          soon.show(({ Jump }) => (
            <Jump widget={widget} count={below.length} onJump={() => this.toEnd("smooth")} />
          ))}
      </div>
    );
  }

  private get scroller(): HTMLElement | null {
    return this.ref.current;
  }

  private toEnd(behavior: ScrollBehavior = "auto"): void {
    this.scroller?.scrollTo({ top: this.scroller.scrollHeight, behavior });
  }

  private readonly onScroll = (): void => {
    if (!this.scroller) return;
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const away = scrollHeight - scrollTop - clientHeight > NEAR_PX;
    if (away !== this.state.away) this.setState({ away });
    if (away && scrollTop < NEAR_PX) this.props.widget.loadOlder();
  };
}

/** What stands below the last line of a request that waits, and of what has ended. */
function Ending({ widget }: { widget: Widget }) {
  const known = widget.conversation.current.value;
  if (!known || (known.status === "open" && !known.requested)) return null;
  leaving.want();
  return leaving.show(({ Tail }) => <Tail widget={widget} />);
}

function Greeting({ widget, t }: Ui) {
  if (widget.resuming.value) return <div class="loading" />;
  return (
    <div class="greeting" data-testid="greeting">
      <p class="hello">{t("hello")}</p>
      <p>{widget.inbox.value?.appearance.greeting || t("helloBody")}</p>
    </div>
  );
}
