/** How urgent it is, for those who may say so to change. */

import { Menu, UnstyledButton } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { useMutation } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useText } from "../i18n/language";
import { PriorityFlag } from "../parts/PriorityFlag";
import { useOperator } from "../session/store";
import { PRIORITIES, type Priority, prioritise } from "../threads/actions";
import { mayNote } from "../threads/allowed";
import css from "./Priority.module.css";
import { Section } from "./Section";

export function PriorityFact({ conversation }: { conversation: Conversation }) {
  const t = useText();
  const operator = useOperator();
  const changing = useMutation({
    mutationFn: (priority: Priority) => prioritise(conversation.id, priority),
  });
  const priority = changing.isPending ? changing.variables : conversation.priority;
  const shown = (
    <>
      <PriorityFlag priority={priority} /> {t(`priority.${priority}`)}
    </>
  );
  return (
    <Section title={t("priority.label")}>
      {mayNote(conversation, operator) ? (
        <Menu width={200} shadow="lg" position="bottom-start" withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <UnstyledButton className={css.choice} data-testid="priority">
              {shown} <ChevronDown size={15} aria-hidden="true" />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown aria-label={t("priority.label")}>
            <Menu.RadioGroup
              value={priority}
              onChange={(choice) => changing.mutate(choice as Priority)}
            >
              {PRIORITIES.map((each) => (
                <Menu.RadioItem
                  key={each}
                  value={each}
                  closeMenuOnClick
                  data-testid={`priority-${each}`}
                >
                  {t(`priority.${each}`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <p className={css.fixed}>{shown}</p>
      )}
    </Section>
  );
}
