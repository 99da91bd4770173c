/** An operator's photo: chosen or dropped, shown at once, removed. */

import { Button, FileButton } from "@mantine/core";
import type { OperatorRecord } from "@shared/wire";
import { ImageUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { Avatar } from "../../parts/Avatar";
import { notify } from "../../parts/notify";
import { settingsText, useSettingsText } from "../i18n/text";
import { refusalWords } from "../refused";
import { Section } from "../Section";
import css from "./PhotoSection.module.css";
import { givePhoto, MOST_TO_READ, takePhotoAway, Unreadable } from "./photo";

const KINDS = "image/jpeg,image/png,image/webp";

export function PhotoSection({ operator: { id, name, photo } }: { operator: OperatorRecord }) {
  const t = useSettingsText();
  const { busy, fault, give, takeAway } = usePhoto(id);
  const { over, area } = useDrop(give);
  return (
    <Section title={t("photo.title")} hint={t("photo.hint")}>
      <div className={css.photo} data-over={over || undefined} data-testid="photo" {...area}>
        <Avatar id={id} name={name} photo={photo} size={88} />
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
                  {t(photo ? "photo.replace" : "photo.choose")}
                </Button>
              )}
            </FileButton>
            {photo && (
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
    </Section>
  );
}

function usePhoto(id: string) {
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
      else void act(() => givePhoto(id, file), "photo.set");
    },
    takeAway: () => void act(() => takePhotoAway(id), "photo.removed"),
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
