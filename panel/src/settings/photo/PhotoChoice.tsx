/** A photo, of an operator or an inbox: chosen or dropped, shown at once, removed. */

import { Button, FileButton } from "@mantine/core";
import { ImageUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { notify } from "../../parts/notify";
import { settingsText, useSettingsText } from "../i18n/text";
import { refusalWords } from "../refused";
import css from "./PhotoChoice.module.css";
import { MOST_TO_READ, squareOf, Unreadable } from "./square";

const KINDS = "image/jpeg,image/png,image/webp";

interface Props {
  /** What is shown beside, with or without a photo. */
  children?: React.ReactNode;
  shown: boolean;
  /** A square picture in base64; null takes away the one there is. */
  show: (image: string | null) => Promise<void>;
}

export function PhotoChoice({ children, shown, show }: Props) {
  const t = useSettingsText();
  const { busy, fault, give, takeAway } = usePhoto(show);
  const { over, area } = useDrop(give);
  return (
    <div className={css.photo} data-over={over || undefined} data-testid="photo" {...area}>
      {children}
      <div className={css.what}>
        <div className={css.buttons}>
          <FileButton
            onChange={give}
            accept={KINDS}
            inputProps={{ "aria-label": t("photo.choose") }}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={<ImageUp size={16} />}
                loading={busy}
                data-testid="photo-choose"
              >
                {t(shown ? "photo.replace" : "photo.choose")}
              </Button>
            )}
          </FileButton>
          {shown && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<Trash2 size={16} />}
              disabled={busy}
              onClick={takeAway}
              data-testid="photo-remove"
            >
              {t("photo.remove")}
            </Button>
          )}
        </div>
        <p className={css.hint}>{t("photo.drop")}</p>
        {fault && (
          <p className={css.fault} role="alert" data-testid="photo-fault">
            {fault}
          </p>
        )}
      </div>
    </div>
  );
}

function usePhoto(show: Props["show"]) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const act = async (what: () => Promise<void>, done: "photo.set" | "photo.removed") => {
    setBusy(true);
    setFault(null);
    try {
      await what();
      notify(settingsText()(done));
    } catch (error) {
      setFault(
        error instanceof Unreadable ? settingsText()("photo.unreadable") : refusalWords(error),
      );
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    fault,
    give: (file: File | null) => {
      if (!file || busy) return;
      if (file.size > MOST_TO_READ) setFault(settingsText()("photo.tooLarge"));
      else void act(async () => show(await squareOf(file)), "photo.set");
    },
    takeAway: () => void act(() => show(null), "photo.removed"),
  };
}

/** Where a file can be dropped; the browser would open it otherwise. */
function useDrop(give: (file: File | null) => void) {
  const [over, setOver] = useState(false);
  const area = {
    onDragOver: (event: React.DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      setOver(false);
      give(event.dataTransfer.files[0] ?? null);
    },
  };
  return { over, area };
}
