/** An operator's photo. */

import type { OperatorRecord } from "@shared/wire";
import { Avatar } from "../../parts/Avatar";
import { useSettingsText } from "../i18n/text";
import { PhotoChoice } from "../photo/PhotoChoice";
import { Section } from "../Section";
import { showPhoto } from "./data";

export function PhotoSection({ operator: { id, name, photo } }: { operator: OperatorRecord }) {
  const t = useSettingsText();
  return (
    <Section title={t("photo.title")} hint={t("photo.hint")}>
      <PhotoChoice shown={photo !== null} show={(image) => showPhoto(id, image)}>
        <Avatar id={id} name={name} photo={photo} size={88} />
      </PhotoChoice>
    </Section>
  );
}
