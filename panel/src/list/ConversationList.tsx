/** The rows, as many as the screen shows; their order rests while the pointer moves over them. */

import { UnstyledButton } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { ArrowUp } from "lucide-react";
import { useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { Tab } from "../api/panel";
import { loadNextPage } from "../conversations/load";
import { useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import { useDirectory } from "../queries";
import { useOperator } from "../session/store";
import css from "./ConversationList.module.css";
import { Row } from "./Row";
import { useHeldOrder } from "./useHeldOrder";
import { useRowKeys } from "./useRowKeys";

const ROW_PX = 84;
const AHEAD = 15;

interface Props {
  tab: Tab;
  rows: Conversation[];
  selected: string | null;
  narrow: boolean;
}

export function ConversationList({ tab, rows, selected }: Props) {
  const t = useText();
  const now = useNow();
  const operator = useOperator();
  const directory = useDirectory();
  const list = useRef<VirtualizerHandle>(null);
  const { shown, waiting, release, hold } = useHeldOrder(rows);
  const walk = useRowKeys(list, shown);
  const branches = new Map(directory?.branches.map(({ id, name }) => [id, name]));
  const oversees = operator.role !== "operator";
  const scrolled = () => {
    const handle = list.current;
    if (!handle) return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last > shown.length - AHEAD) loadNextPage(tab).catch(() => null);
  };
  const showNew = () => {
    release();
    list.current?.scrollToIndex(0);
  };
  return (
    <>
      {waiting > 0 && (
        <UnstyledButton className={css.fresh} onClick={showNew} data-testid="list-updates">
          <ArrowUp size={14} aria-hidden="true" /> {t("list.fresh", { count: waiting })}
        </UnstyledButton>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what acts are the rows; this only watches */}
      <div className={css.scroller} {...hold} onKeyDown={walk}>
        <Virtualizer
          ref={list}
          data={shown}
          as="ul"
          item="li"
          itemSize={ROW_PX}
          onScroll={scrolled}
        >
          {(conversation, index) => (
            <Row
              key={conversation.id}
              conversation={conversation}
              selected={conversation.id === selected}
              reachable={conversation.id === selected || (!selected && index === 0)}
              branch={oversees ? branches.get(conversation.branch_id ?? "") : undefined}
              operatorId={operator.id}
              inQueue={tab === "queue"}
              now={now}
            />
          )}
        </Virtualizer>
      </div>
    </>
  );
}
