/** Deleting an inbox asks first. */

import { Button } from "@mantine/core";
import type { InboxSettings } from "@shared/wire";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Confirm } from "../Confirm";
import { dropDraft } from "../drafts";
import { useSettingsText } from "../i18n/text";
import { refusalWords } from "../refused";
import { removeInbox } from "./data";

export function Delete({ inbox: { id, name } }: { inbox: InboxSettings }) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await removeInbox(id);
    dropDraft(`inbox/${id}`);
    navigate("/settings/inboxes", { replace: true });
  };
  return (
    <div>
      <Button
        variant="default"
        leftSection={<Trash2 size={16} />}
        onClick={() => setAsking(true)}
        data-testid="inbox-delete"
      >
        {t("inbox.delete")}
      </Button>
      <Confirm
        title={t("inbox.deleteTitle", { name })}
        opened={asking}
        onClose={() => setAsking(false)}
        confirm={t("form.delete")}
        onConfirm={remove}
        words={refusalWords}
      >
        <p>{t("inbox.deleteLead")}</p>
      </Confirm>
    </div>
  );
}
