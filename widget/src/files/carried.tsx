/** The files of a message, in its bubble: pictures as thumbnails, all else as cards. */

import { drawnWidth, isImage } from "@shared/files/kinds";
import { fileTexts, sizeText } from "@shared/files/words";
import type { Attachment } from "@shared/wire";
import { Component } from "preact";
import type { Widget } from "../widget";
import { deskOf } from "./desk";
import { FileIcon } from "./icons";

interface Props {
  widget: Widget;
  attachments: readonly Attachment[];
  /** Not sent yet: only this page has it. */
  pending: boolean;
}

export function Carried({ widget, attachments, pending }: Props) {
  const pictures = attachments.filter(({ type }) => isImage(type));
  const others = attachments.filter(({ type }) => !isImage(type));
  return (
    <div class="carried">
      {pictures.length > 0 && (
        <div class={pictures.length > 1 ? "pictures pictures-many" : "pictures"}>
          {pictures.map((file) => (
            <Picture key={file.id} widget={widget} file={file} pending={pending} />
          ))}
        </div>
      )}
      {others.map((file) => (
        <Card key={file.id} widget={widget} file={file} pending={pending} />
      ))}
    </div>
  );
}

interface OneProps {
  widget: Widget;
  file: Attachment;
  pending: boolean;
}

class Picture extends Component<OneProps, { src: string | null; lost: boolean }> {
  override state = { src: null as string | null, lost: false };
  private tries = 0;

  override componentDidMount(): void {
    this.load();
  }

  override componentDidUpdate(before: OneProps): void {
    if (before.pending && !this.props.pending) this.load();
  }

  render(
    { widget, file, pending }: OneProps,
    { src, lost }: { src: string | null; lost: boolean },
  ) {
    const t = fileTexts(widget.language);
    const { name, width, height } = file;
    return (
      <button
        type="button"
        class="picture"
        style={{
          aspectRatio: `${width ?? 1} / ${height ?? 1}`,
          width: `${drawnWidth(file, 240, 280)}px`,
        }}
        aria-label={t("openPhoto", { name })}
        aria-disabled={pending}
        data-testid="picture"
        onClick={() => {
          if (!pending) deskOf(widget).shown.value = file;
        }}
      >
        {src && !lost ? <img src={src} alt="" onError={this.onError} /> : lost && <FileIcon />}
      </button>
    );
  }

  private load(): void {
    const { widget, file, pending } = this.props;
    const { previews, links } = deskOf(widget);
    const preview = previews.get(file.id);
    if (preview) this.setState({ src: preview });
    else if (!pending) {
      links.get(file.id).then(
        ({ url, thumbnail_url }) => this.setState({ src: thumbnail_url ?? url, lost: false }),
        () => this.setState({ lost: true }),
      );
    }
  }

  /** The link ran out before it was used, or the page may not show what it made itself. */
  private readonly onError = (): void => {
    const { previews } = deskOf(this.props.widget);
    previews.delete(this.props.file.id);
    this.tries += 1;
    if (this.tries > 2) this.setState({ lost: true });
    else this.load();
  };
}

class Card extends Component<OneProps, { lost: boolean }> {
  override state = { lost: false };

  render({ widget, file, pending }: OneProps, { lost }: { lost: boolean }) {
    const { language } = widget;
    const t = fileTexts(language);
    const size = sizeText(file.size, language);
    return (
      <>
        <button
          type="button"
          class="card"
          aria-label={t("download", { name: file.name, size })}
          aria-disabled={pending}
          data-testid="file-card"
          onClick={this.fetch}
        >
          <FileIcon />
          <span class="card-text">
            <span class="card-name" dir="auto">
              {file.name}
            </span>
            <span class="card-size">{size}</span>
          </span>
        </button>
        {lost && <p role="alert">{t("lostFile")}</p>}
      </>
    );
  }

  private readonly fetch = (): void => {
    const { widget, file, pending } = this.props;
    if (pending) return;
    deskOf(widget)
      .links.download(file.id)
      .then(
        () => this.setState({ lost: false }),
        () => this.setState({ lost: true }),
      );
  };
}
