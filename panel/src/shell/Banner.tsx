/** Tells that the connection is broken; what is on the screen stays. */

import { UnstyledButton } from "@mantine/core";
import { CloudOff, RefreshCw, WifiOff } from "lucide-react";
import { useText } from "../i18n/language";
import { wake } from "../realtime/connect";
import { useRealtimeState } from "../realtime/state";
import css from "./Banner.module.css";

const ICONS = { connecting: RefreshCw, polling: CloudOff, offline: WifiOff };

export function Banner() {
  const t = useText();
  const { state, wasLive } = useRealtimeState();
  const shown =
    state === "polling" || state === "offline" || (state === "connecting" && wasLive)
      ? state
      : null;
  const Icon = shown && ICONS[shown];
  return (
    <div className={css.place} role="status" data-testid="banner" data-state={state}>
      {shown && Icon && (
        <div className={css.banner} data-state={shown}>
          <Icon size={17} aria-hidden="true" />
          <span>{t(`banner.${shown}`)}</span>
          {shown !== "connecting" && (
            <UnstyledButton className={css.action} onClick={wake}>
              {t("banner.now")}
            </UnstyledButton>
          )}
        </div>
      )}
    </div>
  );
}
