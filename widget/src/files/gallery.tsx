/** Pictures in full size, over everything: arrows turn the pages, Esc closes, the focus goes back. */

import { fileTexts } from "@shared/files/words";
import type { Attachment } from "@shared/wire";
import { Component, createRef } from "preact";
import type { Widget } from "../widget";
import { deskOf, picturesOf } from "./desk";
import { CrossIcon, NextIcon, OutIcon, PreviousIcon } from "./icons";

interface Props {
  widget: Widget;
  first: Attachment;
}

interface State {
  id: string;
  url: string | null;
  lost: boolean;
}

export class Gallery extends Component<Props, State> {
  override state: State = { id: this.props.first.id, url: null, lost: false };
  private readonly ref = createRef<HTMLDialogElement>();

  override componentDidMount(): void {
    this.ref.current?.showModal();
    this.load(this.state.id);
  }

  render({ widget, first }: Props, { id, url, lost }: State) {
    const t = fileTexts(widget.language);
    const all = picturesOf(widget);
    const index = all.findIndex((each) => each.id === id);
    const file = all[index] ?? first;
    return (
      <dialog
        ref={this.ref}
        class="gallery"
        aria-label={t("gallery")}
        data-testid="gallery"
        onClose={() => this.closed()}
        onKeyDown={this.onKeyDown}
        onClick={(event) => {
          if (event.target === event.currentTarget) this.ref.current?.close();
        }}
      >
        <div class="gallery-bar">
          <p class="gallery-name" aria-live="polite">
            <span dir="auto">{file.name}</span>
            {all.length > 1 && index >= 0 && (
              <span> · {t("position", { index: index + 1, total: all.length })}</span>
            )}
          </p>
          {url && (
            <a
              class="gallery-button"
              href={url}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t("original")}
              data-testid="gallery-original"
            >
              <OutIcon />
            </a>
          )}
          <button
            type="button"
            class="gallery-button"
            aria-label={t("close")}
            data-testid="gallery-close"
            onClick={() => this.ref.current?.close()}
          >
            <CrossIcon />
          </button>
        </div>
        {lost ? (
          <p role="alert">{t("lost")}</p>
        ) : (
          url && (
            <img
              key={url}
              class="gallery-picture"
              src={url}
              alt={file.name}
              onError={() => this.setState({ lost: true })}
            />
          )
        )}
        {index > 0 && (
          <button
            type="button"
            class="gallery-button gallery-previous"
            aria-label={t("previous")}
            data-testid="gallery-previous"
            onClick={() => this.turn(-1)}
          >
            <PreviousIcon />
          </button>
        )}
        {index >= 0 && index < all.length - 1 && (
          <button
            type="button"
            class="gallery-button gallery-next"
            aria-label={t("next")}
            data-testid="gallery-next"
            onClick={() => this.turn(1)}
          >
            <NextIcon />
          </button>
        )}
      </dialog>
    );
  }

  private turn(by: number): void {
    const all = picturesOf(this.props.widget);
    const next = all[all.findIndex(({ id }) => id === this.state.id) + by];
    if (next) this.load(next.id);
  }

  private load(id: string): void {
    this.setState({ id, url: null, lost: false });
    deskOf(this.props.widget)
      .links.get(id)
      .then(
        ({ url }) => this.state.id === id && this.setState({ url }),
        () => this.state.id === id && this.setState({ lost: true }),
      );
  }

  private closed(): void {
    deskOf(this.props.widget).shown.value = null;
  }

  /** Esc is the browser's; the dialog behind must not hear of it, nor the host page. */
  private readonly onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "ArrowLeft") this.turn(-1);
    if (event.key === "ArrowRight") this.turn(1);
  };
}
