/** What the keyboard can do. */

import { Modal } from "@mantine/core";
import { useCommandText } from "./i18n";
import { Keys } from "./Keys";
import css from "./Keys.module.css";
import { KEYS } from "./keys";

export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const t = useCommandText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("shortcuts")}
      size={440}
      closeButtonProps={{ "aria-label": t("close") }}
      data-testid="shortcuts"
      centered
    >
      <ul>
        {KEYS.map(([does, keys]) => (
          <li key={does} className={css.row}>
            {t(does)} <Keys keys={keys} />
          </li>
        ))}
      </ul>
    </Modal>
  );
}
