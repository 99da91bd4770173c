/** Somebody who works in the panel: who they are, where, and whether they may come in. */

import type { OperatorRecord, Settings } from "@shared/wire";
import { Users } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Dialog } from "../Dialog";
import { useCompany, useOperators } from "../data";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { ShownOnce } from "../ShownOnce";
import { Access } from "./Access";
import { OperatorForm } from "./OperatorForm";
import { PhotoSection } from "./PhotoSection";

const LIST = "/settings/operators";

/** A link that was just made, and whose it is. */
interface Link {
  name: string;
  url: string;
}

/** `id` is `new` for another one. */
export function OperatorPage({ id }: { id: string }) {
  const t = useSettingsText();
  const company = useCompany();
  const operators = useOperators();
  const name = operators.data?.find((each) => each.id === id)?.name;
  return (
    <>
      <PageHead
        title={id === "new" ? t("operator.new") : (name ?? t("operator.main"))}
        back={{ href: LIST, text: t("operator.back") }}
      />
      <Loaded query={operators} failed={t("settings.loadFailed")}>
        {(all) => (
          <Loaded query={company} failed={t("settings.loadFailed")}>
            {(known) => <Known id={id} operators={all} company={known} />}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

interface KnownProps {
  id: string;
  operators: OperatorRecord[];
  company: Settings;
}

function Known({ id, operators, company }: KnownProps) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  const [link, setLink] = useState<Link | null>(null);
  const operator = operators.find((each) => each.id === id) ?? null;
  if (!operator && id !== "new") {
    return <Empty Icon={Users} title={t("settings.gone")} hint={t("settings.goneHint")} />;
  }
  const done = () => {
    setLink(null);
    if (!operator) navigate(LIST);
  };
  return (
    <>
      {operator && <PhotoSection operator={operator} />}
      <OperatorForm operator={operator} company={company} onLink={setLink} />
      {operator && <Access operator={operator} onLink={setLink} />}
      <Dialog
        title={t("link.title", { name: link?.name ?? "" })}
        opened={link !== null}
        onClose={done}
        escapable={false}
      >
        {link && (
          <ShownOnce
            lead={t("link.lead")}
            label={t("link.label")}
            value={link.url}
            why={t("link.why")}
            done={t("link.done")}
            onDone={done}
            testId="invitation"
          />
        )}
      </Dialog>
    </>
  );
}
