/** The button that chooses files; the whole thread takes what is dropped on it, the composer what is pasted. */

import { ActionIcon, Tooltip } from "@mantine/core";
import { acceptOf } from "@shared/files/kinds";
import { fileTexts } from "@shared/files/words";
import { Paperclip } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useLanguage } from "../i18n/language";
import { useDirectory } from "../queries";
import css from "./Attach.module.css";
import { rulesOf, uploaderOf } from "./desk";

interface Props {
  conversationId: string;
  /** Where the person goes on. */
  onChosen: () => void;
}

export function Attach({ conversationId, onChosen }: Props) {
  const t = fileTexts(useLanguage((state) => state.language));
  const input = useRef<HTMLInputElement>(null);
  useDirectory();
  const rules = rulesOf(conversationId);
  const add = (files: Iterable<File>) => {
    void uploaderOf(conversationId).add(files);
    onChosen();
  };
  const over = useDropped(input, rules?.enabled ?? false, add);
  useEffect(() => {
    uploaderOf(conversationId);
  }, [conversationId]);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={rules ? acceptOf(rules) : ""}
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
        data-testid="file-input"
      />
      {rules?.enabled && (
        <Tooltip label={t("attach")} openDelay={400}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            className={css.button}
            onClick={() => input.current?.click()}
            aria-label={t("attach")}
            data-testid="attach"
          >
            <Paperclip size={19} />
          </ActionIcon>
        </Tooltip>
      )}
      {over &&
        createPortal(
          <div className={css.drop} data-testid="drop">
            {t("drop")}
          </div>,
          over,
        )}
    </>
  );
}

/** The thread, while files are held over it. */
function useDropped(
  within: React.RefObject<HTMLElement | null>,
  takes: boolean,
  add: (files: Iterable<File>) => void,
): HTMLElement | null {
  const [over, setOver] = useState<HTMLElement | null>(null);
  const adding = useRef(add);
  adding.current = add;
  useEffect(() => {
    const thread = within.current?.closest<HTMLElement>('[data-testid="thread"]');
    if (!thread || !takes) return;
    const stop = new AbortController();
    const { signal } = stop;
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setOver(thread);
    };
    const onDragLeave = (event: DragEvent) => {
      if (!thread.contains(event.relatedTarget as Node | null)) setOver(null);
    };
    const onDrop = (event: DragEvent) => {
      setOver(null);
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      adding.current([...event.dataTransfer.files]);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      adding.current([...event.clipboardData.files]);
    };
    thread.addEventListener("dragover", onDragOver, { signal });
    thread.addEventListener("dragleave", onDragLeave, { signal });
    thread.addEventListener("drop", onDrop, { signal });
    thread.addEventListener("paste", onPaste, { signal });
    return () => stop.abort();
  }, [within, takes]);
  return over;
}
