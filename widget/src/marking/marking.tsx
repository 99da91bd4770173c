/** The button beside the text for emoji and marks, and the keys that set marks without it. */

import { markOf, toggleMark } from "@shared/marking";
import { Component, createRef } from "preact";
import { Part } from "../part";
import { texts } from "../texts.soon";
import { Icon } from "../view/icons";
import { Later } from "../view/later";
import type { Widget } from "../widget";

const tools = new Part(() => import("./tools"));

export class Marking extends Component<{ widget: Widget }, { open: boolean }> {
  override state = { open: false };
  private readonly ref = createRef<HTMLButtonElement>();
  private field: HTMLTextAreaElement | null = null;

  override componentDidMount(): void {
    this.field = this.ref.current?.closest("form")?.querySelector("textarea") ?? null;
    this.field?.addEventListener("keydown", this.onKeyDown);
  }

  override componentWillUnmount(): void {
    this.field?.removeEventListener("keydown", this.onKeyDown);
  }

  render({ widget }: { widget: Widget }, { open }: { open: boolean }) {
    const t = texts(widget.language);
    return (
      <>
        <button
          ref={this.ref}
          type="button"
          class="icon-button"
          data-testid="emoji"
          aria-label={t("emoji")}
          aria-expanded={open}
          onPointerEnter={tools.want}
          onFocus={tools.want}
          onClick={() => this.setState({ open: !open })}
        >
          <Icon size={22}>
            <circle cx="12" cy="12" r="9" />
            <path d="M8.5 14.2a4.3 4.3 0 0 0 7 0M9 9.6v.1M15 9.6v.1" />
          </Icon>
        </button>
        {open && (
          <div
            class="tools"
            role="dialog"
            aria-label={t("emoji")}
            data-testid="tools"
            onKeyDown={this.onEscape}
          >
            <Later
              part={tools}
              widget={widget}
              show={({ Tools }) => (
                <Tools language={widget.language} field={this.field} onClose={this.onClose} />
              )}
            />
          </div>
        )}
      </>
    );
  }

  private readonly onClose = (): void => {
    this.setState({ open: false });
    this.field?.focus({ preventScroll: true });
  };

  private readonly onEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.onClose();
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const mark = markOf(event);
    if (!mark || !this.field) return;
    event.preventDefault();
    toggleMark(this.field, mark);
  };
}
