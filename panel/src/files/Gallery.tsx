/** Pictures in full size, over everything: arrows turn the pages, Esc closes, the focus goes back. */

import { UnstyledButton } from "@mantine/core";
import { fileTexts } from "@shared/files/words";
import { ChevronLeft, ChevronRight, ExternalLink, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../i18n/language";
import { links, useShown } from "./desk";
import css from "./Gallery.module.css";

export default function Gallery({ id }: { id: string }) {
  const t = fileTexts(useLanguage((state) => state.language));
  const among = useShown((state) => state.among);
  const dialog = useRef<HTMLDialogElement>(null);
  const { url, lost, lose } = useLink(id);
  const index = among.findIndex((each) => each.id === id);
  const file = among[index];
  const turn = (by: number) => {
    const next = among[index + by];
    if (next) useShown.setState({ id: next.id });
  };
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={css.gallery}
      aria-label={t("gallery")}
      onClose={() => useShown.setState({ id: null, among: [] })}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "ArrowLeft") turn(-1);
        if (event.key === "ArrowRight") turn(1);
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
      data-testid="gallery"
    >
      <div className={css.bar}>
        <p className={css.name} aria-live="polite">
          <span dir="auto">{file?.name}</span>
          {among.length > 1 && ` · ${t("position", { index: index + 1, total: among.length })}`}
        </p>
        {url && (
          <a
            className={css.button}
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t("original")}
            data-testid="gallery-original"
          >
            <ExternalLink size={19} />
          </a>
        )}
        <UnstyledButton
          className={css.button}
          onClick={() => dialog.current?.close()}
          aria-label={t("close")}
          data-testid="gallery-close"
        >
          <X size={20} />
        </UnstyledButton>
      </div>
      {lost ? (
        <p role="alert">{t("lost")}</p>
      ) : (
        url && <img key={url} className={css.picture} src={url} alt={file?.name} onError={lose} />
      )}
      {index > 0 && (
        <UnstyledButton
          className={`${css.button} ${css.previous}`}
          onClick={() => turn(-1)}
          aria-label={t("previous")}
          data-testid="gallery-previous"
        >
          <ChevronLeft size={24} />
        </UnstyledButton>
      )}
      {index >= 0 && index < among.length - 1 && (
        <UnstyledButton
          className={`${css.button} ${css.next}`}
          onClick={() => turn(1)}
          aria-label={t("next")}
          data-testid="gallery-next"
        >
          <ChevronRight size={24} />
        </UnstyledButton>
      )}
    </dialog>
  );
}

/** Where the picture is, asked for anew for each. */
function useLink(id: string) {
  const [found, setFound] = useState<{ id: string; url: string | null }>({ id, url: null });
  useEffect(() => {
    let wanted = true;
    links.get(id).then(
      ({ url }) => wanted && setFound({ id, url }),
      () => wanted && setFound({ id, url: "" }),
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  const url = found.id === id ? found.url : null;
  return { url, lost: url === "", lose: () => setFound({ id, url: "" }) };
}
