/** An inbox with all its settings; or the form for another one. */

import type { InboxSettings, OperatorRecord, Settings } from "@shared/wire";
import { Inbox as Sign } from "lucide-react";
import { useCompany, useOperators } from "../data";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { Delete } from "./Delete";
import { Embed } from "./Embed";
import { InboxForm } from "./InboxForm";

/** `id` is `new` for another one. */
export function InboxPage({ id }: { id: string }) {
  const t = useSettingsText();
  const company = useCompany();
  const operators = useOperators();
  const inbox = company.data?.inboxes.find((each) => each.id === id) ?? null;
  return (
    <>
      <PageHead
        title={id === "new" ? t("inbox.new") : (inbox?.name ?? t("inbox.main"))}
        back={{ href: "/settings/inboxes", text: t("inbox.back") }}
      />
      <Loaded query={operators} failed={t("settings.loadFailed")}>
        {(people) => (
          <Loaded query={company} failed={t("settings.loadFailed")}>
            {(known) =>
              inbox || id === "new" ? (
                <Known inbox={inbox} company={known} operators={people} />
              ) : (
                <Empty Icon={Sign} title={t("settings.gone")} hint={t("settings.goneHint")} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

interface Props {
  inbox: InboxSettings | null;
  company: Settings;
  operators: OperatorRecord[];
}

function Known({ inbox, company, operators }: Props) {
  return (
    <>
      {inbox && <Embed code={inbox.embed} />}
      <InboxForm inbox={inbox} company={company} operators={operators} />
      {inbox && <Delete inbox={inbox} />}
    </>
  );
}
