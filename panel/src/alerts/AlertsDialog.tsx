/** How the operator is alerted: sound, notifications, of what; a test, and a word where the browser blocks. */

import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/Switch.css";
import { Button, Checkbox, Modal, Switch } from "@mantine/core";
import { BellRing, TriangleAlert } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useOversees } from "../session/role";
import { useNarrow } from "../shell/width";
import css from "./AlertsDialog.module.css";
import { type AlertsText, useAlertsText } from "./i18n";
import { KINDS, type Kind } from "./kinds";
import { askPermission, pop, usePermission } from "./popups";
import { chooseAlerts, useAlertSettings } from "./settings";
import { play, useSoundAllowed } from "./tones";

interface Props {
  onClose: () => void;
}

export default function AlertsDialog({ onClose }: Props) {
  const t = useAlertsText();
  const narrow = useNarrow();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title")}
      size={440}
      fullScreen={narrow}
      classNames={{ title: css.title ?? "" }}
      closeButtonProps={{ "aria-label": t("close") }}
      data-testid="alerts-dialog"
    >
      <p className={css.lead}>{t("lead")}</p>
      <Sound t={t} />
      <Popups t={t} />
      <Kinds t={t} />
      <Test t={t} />
    </Modal>
  );
}

function Sound({ t }: { t: AlertsText }) {
  const { sound, volume } = useAlertSettings();
  const allowed = useSoundAllowed((state) => state.allowed);
  const id = useId();
  return (
    <section className={css.part}>
      <Switch
        label={t("sound")}
        checked={sound}
        onChange={(event) => chooseAlerts({ sound: event.currentTarget.checked })}
        classNames={{ body: css.switch ?? "", label: css.label ?? "" }}
        labelPosition="left"
        data-testid="alerts-sound"
      />
      {sound && (
        <div className={css.volume}>
          <label htmlFor={id}>{t("volume")}</label>
          <input
            id={id}
            type="range"
            min={0.05}
            max={1}
            step={0.05}
            value={volume}
            onChange={(event) => chooseAlerts({ volume: Number(event.currentTarget.value) })}
            onPointerUp={() => play("message", volume)}
            data-testid="alerts-volume"
          />
        </div>
      )}
      {sound && !allowed && <Hint>{t("soundBlocked")}</Hint>}
    </section>
  );
}

function Popups({ t }: { t: AlertsText }) {
  const { popups } = useAlertSettings();
  const permission = usePermission((state) => state.permission);
  return (
    <section className={css.part}>
      <Switch
        label={t("popups")}
        description={t("popupsHint")}
        checked={popups}
        onChange={(event) => {
          chooseAlerts({ popups: event.currentTarget.checked });
          if (event.currentTarget.checked) void askPermission();
        }}
        classNames={{ body: css.switch ?? "", label: css.label ?? "" }}
        labelPosition="left"
        data-testid="alerts-popups"
      />
      {popups && permission === "default" && (
        <Hint>
          {t("askHint")}{" "}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void askPermission()}
            data-testid="alerts-allow"
          >
            {t("allow")}
          </Button>
        </Hint>
      )}
      {popups && permission === "denied" && <Hint>{t("denied")}</Hint>}
      {popups && permission === "unsupported" && <Hint>{t("unsupported")}</Hint>}
    </section>
  );
}

function Kinds({ t }: { t: AlertsText }) {
  const { muted } = useAlertSettings();
  const oversees = useOversees();
  const choose = (kind: Kind, wanted: boolean) => {
    const others = muted.filter((each) => each !== kind);
    chooseAlerts({ muted: wanted ? others : [...others, kind] });
  };
  return (
    <fieldset className={css.kinds}>
      <legend>{t("kinds")}</legend>
      {KINDS.filter((kind) => kind !== "alarm" || oversees).map((kind) => (
        <Checkbox
          key={kind}
          label={t(kind)}
          checked={!muted.includes(kind)}
          onChange={(event) => choose(kind, event.currentTarget.checked)}
          data-testid={`alerts-${kind}`}
        />
      ))}
    </fieldset>
  );
}

function Test({ t }: { t: AlertsText }) {
  const { sound, volume, popups } = useAlertSettings();
  const [tested, setTested] = useState(false);
  const test = async () => {
    if (sound) play("given", volume);
    if (popups && (await askPermission()) === "granted") {
      pop("test", t("testTitle"), t("testBody"), () => undefined);
      setTested(true);
    }
  };
  return (
    <div className={css.test}>
      <p role="status">{tested && t("tested")}</p>
      <Button
        variant="default"
        leftSection={<BellRing size={16} />}
        onClick={() => void test()}
        disabled={!sound && !popups}
        data-testid="alerts-test"
      >
        {t("test")}
      </Button>
    </div>
  );
}

function Hint({ children }: { children: ReactNode }) {
  return (
    <p className={css.hint} role="status" data-testid="alerts-hint">
      <TriangleAlert size={16} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
