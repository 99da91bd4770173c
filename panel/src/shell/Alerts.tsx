/** The way to sound and notifications, and the dialog itself; its code comes when it is first opened. */

import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { Bell, BellOff } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { closeAlerts, openAlerts, useAlertsDialog } from "../alerts/dialog";
import { useFavicon } from "../alerts/favicon";
import { usePermission } from "../alerts/popups";
import { useAlertSettings } from "../alerts/settings";
import { watchForNews } from "../alerts/watch";
import { useText } from "../i18n/language";
import css from "./Alerts.module.css";
import switches from "./Switch.module.css";

const AlertsDialog = lazy(() => import("../alerts/AlertsDialog"));

/** As long as somebody is signed in. */
export function Alerts() {
  const open = useAlertsDialog((state) => state.open);
  useEffect(watchForNews, []);
  useFavicon();
  if (!open) return null;
  return (
    <Suspense>
      <AlertsDialog onClose={closeAlerts} />
    </Suspense>
  );
}

/** In a menu, where the screen has no room for the button. */
export function AlertsItem() {
  const t = useText();
  return (
    <>
      <Menu.Divider />
      <Menu.Item leftSection={<Bell size={16} />} onClick={openAlerts} data-testid="alerts">
        {t("alerts.open")}
      </Menu.Item>
    </>
  );
}

/** Struck through while nothing would be heard or seen; with a dot while the browser waits to be asked. */
export function AlertsButton() {
  const t = useText();
  const { sound, popups } = useAlertSettings();
  const permission = usePermission((state) => state.permission);
  const label = t("alerts.open");
  const Icon = sound || popups ? Bell : BellOff;
  return (
    <Tooltip label={label} openDelay={400}>
      <UnstyledButton
        className={switches.switch}
        onClick={openAlerts}
        aria-label={label}
        aria-haspopup="dialog"
        data-testid="alerts"
      >
        <span className={css.bell} data-asks={(popups && permission === "default") || undefined}>
          <Icon size={18} />
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}
