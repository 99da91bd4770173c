/** What is about to be sent, above the composer. */

import { ActionIcon } from "@mantine/core";
import type { Item } from "@shared/files/uploader";
import { faultText, fileTexts, sizeText } from "@shared/files/words";
import { File as FileIcon, RotateCw, X } from "lucide-react";
import { useLanguage } from "../i18n/language";
import { rulesOf, uploaderOf, useTray } from "./desk";
import css from "./Tray.module.css";

export function Tray({ conversationId }: { conversationId: string }) {
  const t = fileTexts(useLanguage((state) => state.language));
  const items = useTray((state) => state.byId[conversationId]);
  if (!items?.length) return null;
  return (
    <ul className={css.tray} aria-label={t("tray")} data-testid="tray">
      {items.map((item) => (
        <TrayItem key={item.key} item={item} conversationId={conversationId} />
      ))}
    </ul>
  );
}

function TrayItem({ item, conversationId }: { item: Item; conversationId: string }) {
  const language = useLanguage((state) => state.language);
  const t = fileTexts(language);
  const { key, name, state, fault, preview, progress, size } = item;
  const uploader = uploaderOf(conversationId);
  return (
    <li className={css.item} data-testid="tray-item" data-state={state} data-fault={fault}>
      {preview ? (
        <img className={css.picture} src={preview} alt="" />
      ) : (
        <span className={css.picture}>
          <FileIcon size={18} />
        </span>
      )}
      <span className={css.words}>
        <span className={css.name} dir="auto" title={name}>
          {name}
        </span>
        {fault ? (
          <span className={css.fault} role="alert">
            {faultText(language, { ...item, fault }, rulesOf(conversationId))}
          </span>
        ) : state === "ready" ? (
          <span className={css.size}>{sizeText(size, language)}</span>
        ) : (
          <progress
            className={css.progress}
            value={progress}
            aria-label={t("uploading", { name })}
          />
        )}
      </span>
      {(fault === "network" || fault === "refused") && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          onClick={() => uploader.retry(key)}
          aria-label={t("retry", { name })}
          data-testid="tray-retry"
        >
          <RotateCw size={16} />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        onClick={() => uploader.remove(key)}
        aria-label={t("remove", { name })}
        data-testid="tray-remove"
      >
        <X size={17} />
      </ActionIcon>
    </li>
  );
}
