/** A dialog of the settings: its own buttons close it, and Escape where nothing is lost by it. */

import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import css from "./Dialog.module.css";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** False: only a button closes it. */
  escapable?: boolean;
  children: ReactNode;
}

export function Dialog({ title, opened, onClose, escapable = true, children }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={480}
      withCloseButton={false}
      closeOnEscape={escapable}
      closeOnClickOutside={false}
      classNames={{ title: css.title ?? "" }}
      centered
    >
      {children}
    </Modal>
  );
}
