/** The files of a message, in its bubble: pictures as thumbnails, all else as cards. */

import { UnstyledButton } from "@mantine/core";
import { drawnWidth, isImage } from "@shared/files/kinds";
import { fileTexts, sizeText } from "@shared/files/words";
import type { Attachment } from "@shared/wire";
import { Download, ImageOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useLanguage } from "../i18n/language";
import { notify } from "../parts/notify";
import { threadOf } from "../threads/store";
import css from "./Carried.module.css";
import { links, previews, useShown } from "./desk";

interface Props {
  conversationId: string;
  attachments: readonly Attachment[];
  /** Not sent yet: only this page has it. */
  pending: boolean;
}

export function Carried({ conversationId, attachments, pending }: Props) {
  const pictures = attachments.filter(({ type }) => isImage(type));
  const others = attachments.filter(({ type }) => !isImage(type));
  return (
    <div className={css.carried}>
      {pictures.length > 0 && (
        <div className={css.pictures} data-many={pictures.length > 1 || undefined}>
          {pictures.map((file) => (
            <Picture
              key={file.id}
              file={file}
              pending={pending}
              onOpen={() => useShown.setState({ id: file.id, among: picturesOf(conversationId) })}
            />
          ))}
        </div>
      )}
      {others.map((file) => (
        <Card key={file.id} file={file} pending={pending} />
      ))}
    </div>
  );
}

/** The pictures of the whole thread, in their order. */
function picturesOf(conversationId: string): Attachment[] {
  const messages = threadOf(conversationId)?.messages ?? [];
  return messages
    .flatMap(({ attachments }) => attachments ?? [])
    .filter(({ type }) => isImage(type));
}

const TRIES = 3;

function Picture({
  file,
  pending,
  onOpen,
}: {
  file: Attachment;
  pending: boolean;
  onOpen: () => void;
}) {
  const t = fileTexts(useLanguage((state) => state.language));
  const [src, setSrc] = useState<string | null>(() => previews.get(file.id) ?? null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const preview = previews.get(file.id);
    if (preview) setSrc(preview);
    if (preview || pending || tries >= TRIES) return;
    let wanted = true;
    links.get(file.id).then(
      ({ url, thumbnail_url }) => wanted && setSrc(thumbnail_url ?? url),
      () => wanted && setTries(TRIES),
    );
    return () => {
      wanted = false;
    };
  }, [file.id, pending, tries]);
  return (
    <UnstyledButton
      className={css.picture}
      style={{
        aspectRatio: `${file.width ?? 1} / ${file.height ?? 1}`,
        width: `${drawnWidth(file, 300, 320)}px`,
      }}
      onClick={onOpen}
      disabled={pending}
      aria-label={t("openPhoto", { name: file.name })}
      data-testid="picture"
    >
      {tries >= TRIES ? (
        <ImageOff size={22} />
      ) : (
        src && (
          <img
            src={src}
            alt=""
            // The link ran out before it was used.
            onError={() => {
              previews.delete(file.id);
              setTries((before) => before + 1);
            }}
          />
        )
      )}
    </UnstyledButton>
  );
}

function Card({ file, pending }: { file: Attachment; pending: boolean }) {
  const language = useLanguage((state) => state.language);
  const t = fileTexts(language);
  const size = sizeText(file.size, language);
  const download = () => {
    links.download(file.id).catch(() => notify(t("lostFile")));
  };
  return (
    <UnstyledButton
      className={css.card}
      onClick={download}
      disabled={pending}
      aria-label={t("download", { name: file.name, size })}
      data-testid="file-card"
    >
      <Download size={19} />
      <span className={css.words}>
        <span className={css.name} dir="auto">
          {file.name}
        </span>
        <span className={css.size}>{size}</span>
      </span>
    </UnstyledButton>
  );
}
