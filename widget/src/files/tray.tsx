/** What is about to be sent, above the composer; and the picture that is looked at. */

import type { Item } from "@shared/files/uploader";
import { faultText, fileTexts, sizeText } from "@shared/files/words";
import type { Widget } from "../widget";
import { deskOf } from "./desk";
import { Gallery } from "./gallery";
import { CrossIcon, FileIcon, RetryIcon } from "./icons";

export function Tray({ widget }: { widget: Widget }) {
  const { items, shown } = deskOf(widget);
  const t = fileTexts(widget.language);
  return (
    <>
      {items.value.length > 0 && (
        <ul class="tray" aria-label={t("tray")} data-testid="tray">
          {items.value.map((item) => (
            <TrayItem key={item.key} item={item} widget={widget} />
          ))}
        </ul>
      )}
      {shown.value && <Gallery widget={widget} first={shown.value} />}
    </>
  );
}

function TrayItem({ item, widget }: { item: Item; widget: Widget }) {
  const { uploader } = deskOf(widget);
  const { language } = widget;
  const { key, name, state, fault, progress } = item;
  const t = fileTexts(language);
  const rules = widget.inbox.value?.attachments ?? null;
  return (
    <li class="tray-item" data-testid="tray-item" data-state={state} data-fault={fault}>
      {item.preview ? (
        <img class="tray-picture" src={item.preview} alt="" />
      ) : (
        <span class="tray-picture">
          <FileIcon />
        </span>
      )}
      <span class="tray-text">
        <span class="tray-name" dir="auto" title={name}>
          {name}
        </span>
        {fault ? (
          <span class="tray-fault" role="alert">
            {faultText(language, { ...item, fault }, rules)}
          </span>
        ) : state === "ready" ? (
          <span class="tray-size">{sizeText(item.size, language)}</span>
        ) : (
          <progress value={progress} aria-label={t("uploading", { name })} />
        )}
      </span>
      {(fault === "network" || fault === "refused") && (
        <button
          type="button"
          class="tray-button"
          aria-label={t("retry", { name })}
          data-testid="tray-retry"
          onClick={() => uploader.retry(key)}
        >
          <RetryIcon />
        </button>
      )}
      <button
        type="button"
        class="tray-button"
        aria-label={t("remove", { name })}
        data-testid="tray-remove"
        onClick={() => uploader.remove(key)}
      >
        <CrossIcon />
      </button>
    </li>
  );
}
