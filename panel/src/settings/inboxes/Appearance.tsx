/** How the widget looks and what it says first, with a preview of both. */

import { ColorInput, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import type { InboxSettings } from "@shared/wire";
import form from "../Form.module.css";
import { useSettingsText } from "../i18n/text";
import { PhotoChoice } from "../photo/PhotoChoice";
import { Section } from "../Section";
import type { Editing } from "../useEditing";
import css from "./Appearance.module.css";
import { showPhoto } from "./data";
import type { Facts } from "./facts";
import { WidgetPreview } from "./WidgetPreview";

const SWATCHES = ["#3f4fd0", "#0a7d33", "#0b7285", "#c2255c", "#d9480f", "#5f3dc4", "#212529"];

interface Props {
  editing: Editing<Facts>;
  inbox: InboxSettings | null;
}

export function Appearance({ editing, inbox }: Props) {
  const t = useSettingsText();
  const { values, faults, set, input } = editing;
  return (
    <Section title={t("inbox.look")} hint={t("inbox.lookHint")}>
      <div className={css.beside}>
        <div className={css.facts}>
          {inbox && <Picture inbox={inbox} />}
          <div className={form.fields}>
            <ColorInput
              label={t("inbox.accent")}
              value={values.accent}
              onChange={(accent) => set("accent", accent)}
              placeholder={t("inbox.accentOwn")}
              swatches={SWATCHES}
              withEyeDropper={false}
              error={faults.accent}
              data-testid="inbox-accent"
            />
            <div>
              <p className={css.label} id="inbox-side">
                {t("inbox.side")}
              </p>
              <SegmentedControl
                value={values.side}
                onChange={(side) => set("side", side)}
                data={(["left", "right"] as const).map((side) => ({
                  value: side,
                  label: t(`inbox.side_${side}`),
                }))}
                aria-labelledby="inbox-side"
                data-testid="inbox-side"
                fullWidth
              />
            </div>
            <TextInput
              {...input("title_ru")}
              label={t("inbox.titleRu")}
              description={t("inbox.titleHint")}
              lang="ru"
              data-testid="inbox-title-ru"
            />
            <TextInput
              {...input("title_en")}
              label={t("inbox.titleEn")}
              description={t("inbox.titleHint")}
              lang="en"
              data-testid="inbox-title-en"
            />
            <Textarea
              {...input("greeting_ru")}
              label={t("inbox.greetingRu")}
              rows={3}
              lang="ru"
              data-testid="inbox-greeting-ru"
            />
            <Textarea
              {...input("greeting_en")}
              label={t("inbox.greetingEn")}
              rows={3}
              lang="en"
              data-testid="inbox-greeting-en"
            />
          </div>
        </div>
        <WidgetPreview facts={values} photo={inbox?.photo ?? null} />
      </div>
    </Section>
  );
}

/** Saved as soon as it is chosen: the form does not carry it. */
function Picture({ inbox: { id, photo } }: { inbox: InboxSettings }) {
  const t = useSettingsText();
  return (
    <div className={css.picture}>
      <p className={css.label}>{t("inbox.photo")}</p>
      <p className={css.hint}>{t("inbox.photoHint")}</p>
      <PhotoChoice shown={photo !== null} show={(image) => showPhoto(id, image)} />
    </div>
  );
}
