/** A fault in our own code must not leave an empty page. */

import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useText } from "../i18n/language";
import css from "./Failure.module.css";

interface Props {
  children: ReactNode;
}

export class Crash extends Component<Props, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Sorry /> : this.props.children;
  }
}

function Sorry() {
  const t = useText();
  return (
    <main className={css.failure} role="alert">
      <p className={css.title}>{t("crash.title")}</p>
      <p className={css.reason}>{t("crash.hint")}</p>
      <Button onClick={() => location.reload()}>{t("crash.reload")}</Button>
    </main>
  );
}
