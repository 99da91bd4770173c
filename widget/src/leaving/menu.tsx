/** What else can be done with the conversation: take it along, end it. */

import type { EndRequest, VisitorConversationAnswer } from "@shared/wire";
import { Component, createRef } from "preact";
import type { Widget } from "../widget";
import { texts } from "./texts";
import { download } from "./transcript";

interface Props {
  widget: Widget;
  onClose(): void;
}

interface State {
  asking: boolean;
  busy: boolean;
  failed: boolean;
}

export class Menu extends Component<Props, State> {
  override state: State = { asking: false, busy: false, failed: false };
  private readonly ref = createRef<HTMLDivElement>();

  override componentDidMount(): void {
    this.focusFirst();
    this.ref.current?.getRootNode().addEventListener("pointerdown", this.pressed);
    document.addEventListener("pointerdown", this.pressed);
  }

  override componentDidUpdate(_props: Props, before: State): void {
    if (before.asking !== this.state.asking) this.focusFirst();
  }

  override componentWillUnmount(): void {
    this.ref.current?.getRootNode().removeEventListener("pointerdown", this.pressed);
    document.removeEventListener("pointerdown", this.pressed);
  }

  render({ widget, onClose }: Props, { asking, busy, failed }: State) {
    const t = texts(widget.language);
    const open = widget.conversation.current.value?.status === "open";
    return (
      <div ref={this.ref} class="menu" data-testid="menu-list">
        {asking ? (
          <div
            role="alertdialog"
            aria-label={t("endAsk")}
            aria-describedby="end-hint"
            onKeyDown={this.onKeyDown}
          >
            <p class="menu-ask">{t("endAsk")}</p>
            <p class="menu-hint" id="end-hint">
              {t("endHint")}
            </p>
            <button type="button" class="wide" data-testid="end-confirm" onClick={this.end}>
              {t("endYes")}
            </button>
            <button type="button" class="quiet" data-testid="end-cancel" onClick={onClose}>
              {t("cancel")}
            </button>
          </div>
        ) : (
          <div role="menu" aria-label={t("more")} onKeyDown={this.onKeyDown}>
            <button type="button" role="menuitem" data-testid="download" onClick={this.download}>
              {t(busy ? "downloading" : "download")}
            </button>
            {open && (
              <button
                type="button"
                role="menuitem"
                data-testid="end"
                onClick={() => this.setState({ asking: true, failed: false })}
              >
                {t("end")}
              </button>
            )}
          </div>
        )}
        {failed && (
          <p class="request-fault" role="alert">
            {t("failed")}
          </p>
        )}
      </div>
    );
  }

  private get buttons(): HTMLElement[] {
    return [...(this.ref.current?.querySelectorAll<HTMLElement>("button") ?? [])];
  }

  private focusFirst(): void {
    this.buttons[0]?.focus();
  }

  /** Outside closes it; the button that opened it does so itself. */
  private readonly pressed = (event: Event): void => {
    const path = event.composedPath();
    const own = path.some(
      (each) => each === this.ref.current || (each as HTMLElement).dataset?.testid === "menu",
    );
    if (!own) this.props.onClose();
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      this.props.onClose();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const { buttons } = this;
      const root = this.ref.current?.getRootNode() as ShadowRoot;
      const step = event.key === "ArrowDown" ? 1 : buttons.length - 1;
      const at = buttons.indexOf(root.activeElement as HTMLElement);
      buttons[(at + step) % buttons.length]?.focus();
    }
  };

  private readonly download = () => this.doing(() => download(this.props.widget));

  private readonly end = () =>
    this.doing(async () => {
      const { widget } = this.props;
      const id = widget.conversation.current.value?.id;
      if (!id) return;
      const request: EndRequest = { conversation_id: id };
      const answer = await widget.ask<VisitorConversationAnswer>("end", request);
      widget.take(answer.conversation, []);
    });

  private async doing(work: () => Promise<void>): Promise<void> {
    if (this.state.busy) return;
    this.setState({ busy: true, failed: false });
    try {
      await work();
      this.props.onClose();
    } catch {
      this.setState({ busy: false, failed: true });
    }
  }
}
