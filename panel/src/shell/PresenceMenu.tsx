/** The operator's own status, always in sight, and the choice of another. */

import { Menu, UnstyledButton } from "@mantine/core";
import type { Operator } from "@shared/wire";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { postPresence } from "../api/panel";
import { errorText } from "../i18n/errors";
import { text, useText } from "../i18n/language";
import { Face } from "../parts/Face";
import { notify } from "../parts/notify";
import { PresenceDot } from "../parts/PresenceDot";
import { setOperator, useOperator } from "../session/store";
import css from "./PresenceMenu.module.css";

type Presence = Operator["presence"];

const CHOICES: readonly Presence[] = ["online", "away", "busy"];

export function usePresence() {
  return useMutation({
    mutationFn: (presence: Presence) => postPresence(presence),
    onSuccess: ({ operator }) => setOperator(operator),
    onError: (error) => notify(errorText(text(), error)),
  });
}

interface Props {
  /** What else is found here, where there is no room for buttons of their own. */
  more?: ReactNode;
}

export function PresenceMenu({ more }: Props) {
  const t = useText();
  const operator = useOperator();
  const changing = usePresence();
  const presence = changing.isPending ? changing.variables : operator.presence;
  return (
    <Menu
      position="top-start"
      width={264}
      shadow="lg"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton
          className={css.target}
          aria-label={`${t("presence.label")}: ${t(`presence.${presence}`)}`}
          data-testid="presence"
          data-presence={presence}
        >
          <span className={css.face}>
            <Face id={operator.id} name={operator.name} size={34} />
            <PresenceDot presence={presence} className={css.dot} />
          </span>
          <span className={css.words}>
            <span className={css.name}>{operator.name}</span>
            <span className={css.presence}>{t(`presence.${presence}`)}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown aria-label={t("presence.label")}>
        <Menu.RadioGroup
          value={presence}
          onChange={(choice) => changing.mutate(choice as Presence)}
        >
          {CHOICES.map((choice) => (
            <Menu.RadioItem
              key={choice}
              value={choice}
              closeMenuOnClick
              data-testid={`presence-${choice}`}
            >
              <span className={css.choice}>
                <PresenceDot presence={choice} /> {t(`presence.${choice}`)}
              </span>
              <span className={css.hint}>{t(`presence.${choice}Hint`)}</span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {more}
      </Menu.Dropdown>
    </Menu>
  );
}
