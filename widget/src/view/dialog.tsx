/** The open widget: a window beside the launcher, or the whole screen of a phone. */

import { Component, createRef } from "preact";
import { files, leaving, soon } from "../part";
import { Composer } from "./composer";
import { Header } from "./header";
import { Thread } from "./thread";
import type { Ui } from "./ui";

const TITLE_ID = "messenger-title";

export class Dialog extends Component<Ui> {
  private readonly narrow = matchMedia("(max-width: 480px)");
  private readonly ref = createRef<HTMLDivElement>();
  private pageOverflow = "";

  override componentDidMount(): void {
    this.pageOverflow = document.documentElement.style.overflow;
    this.narrow.onchange = () => this.forceUpdate();
    window.visualViewport?.addEventListener("resize", this.fit);
    window.visualViewport?.addEventListener("scroll", this.fit);
    this.fit();
    this.element.querySelector("textarea")?.focus({ preventScroll: true });
  }

  override componentDidUpdate(): void {
    this.fit();
  }

  override componentWillUnmount(): void {
    this.narrow.onchange = null;
    window.visualViewport?.removeEventListener("resize", this.fit);
    window.visualViewport?.removeEventListener("scroll", this.fit);
    document.documentElement.style.overflow = this.pageOverflow;
    const launcher = this.shadow.querySelector<HTMLElement>(".launcher");
    // A phone shows its launcher again only after this drawing.
    queueMicrotask(() => launcher?.focus());
  }

  render({ widget, t }: Ui) {
    return (
      <div
        ref={this.ref}
        class="dialog"
        role="dialog"
        aria-modal={this.narrow.matches}
        aria-labelledby={TITLE_ID}
        data-testid="dialog"
        onKeyDown={this.onKeyDown}
        onKeyUp={keepToOurselves}
        onKeyPress={keepToOurselves}
        onDragOver={this.onEarly}
        onDrop={this.onEarly}
        onPaste={this.onEarly}
      >
        <Header widget={widget} t={t} titleId={TITLE_ID} />
        {widget.absent && !leaving.failed.value ? (
          <Alone widget={widget} t={t} />
        ) : (
          <Thread widget={widget} t={t} />
        )}
        {soon.show(({ Notice }) => (
          <Notice widget={widget} />
        ))}
        {(!widget.absent || leaving.failed.value) && <Composer widget={widget} t={t} />}
      </div>
    );
  }

  private get element(): HTMLElement {
    return this.ref.current as HTMLElement;
  }

  private get shadow(): ShadowRoot {
    return this.element.getRootNode() as ShadowRoot;
  }

  /** Full screen: the page behind does not scroll, and the dialog keeps to what a phone's keyboard leaves. */
  private readonly fit = (): void => {
    const full = this.narrow.matches;
    const view = window.visualViewport;
    const { style } = this.element;
    document.documentElement.style.overflow = full ? "hidden" : this.pageOverflow;
    style.height = full && view ? `${view.height}px` : "";
    style.top = full && view ? `${view.offsetTop}px` : "";
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    keepToOurselves(event);
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      this.props.widget.hide();
    } else if (event.key === "Tab" && this.narrow.matches) {
      this.keepInside(event);
    }
  };

  /** The part that takes files is on its way; a browser would leave the page for a dropped one. */
  private readonly onEarly = (event: DragEvent | ClipboardEvent): void => {
    const carried = "clipboardData" in event ? event.clipboardData : event.dataTransfer;
    if (files.module.value || !carried?.types.includes("Files")) return;
    event.preventDefault();
    this.props.widget.early.push(...carried.files);
  };

  private keepInside(event: KeyboardEvent): void {
    const stops = [
      ...this.element.querySelectorAll<HTMLElement>("button, a, input, textarea, [tabindex]"),
    ];
    const ends = event.shiftKey ? [stops[0], stops.pop()] : [stops.pop(), stops[0]];
    if (this.shadow.activeElement !== ends[0]) return;
    event.preventDefault();
    ends[1]?.focus();
  }
}

/** Nobody is there to talk with. */
function Alone({ widget, t }: Ui) {
  leaving.want();
  return (
    leaving.show(({ Absent }) => (
      <Absent widget={widget} thread={<Thread widget={widget} t={t} />} />
    )) ?? <div class="middle" />
  );
}

/** The host page's shortcuts must not fire while somebody writes. */
function keepToOurselves(event: Event): void {
  event.stopPropagation();
}
