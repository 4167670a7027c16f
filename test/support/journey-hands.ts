import type { Locator, Page } from 'playwright-core';

/**
 * How a person works a page. A journey is written once and walked with either pair: a finger or mouse, or the keyboard
 * alone. `shortcut` is for the desk, whose decisions have a key and a button.
 */
export interface Hands {
  press(target: Locator): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
  /** A radio, a checkbox or an option of a list. */
  choose(control: Locator): Promise<void>;
  /** Presses a button that opens the system's own file chooser, and gives it these files. */
  giveFiles(
    button: Locator,
    files: readonly { name: string; mimeType: string; buffer: Buffer }[],
  ): Promise<void>;
  shortcut(key: string, button: Locator): Promise<void>;
  /** The main act of the dialog that is open. */
  confirm(button: Locator): Promise<void>;
}

export function pointerHands(page: Page): Hands {
  return {
    press: (target) => target.click(),
    write: (field, text) => field.fill(text),
    async choose(control) {
      if (await isOption(control)) {
        const value = (await control.getAttribute('value')) ?? '';
        await control.locator('xpath=ancestor::select').selectOption(value);
      } else await control.check();
    },
    async giveFiles(button, files) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
      await chooser.setFiles([...files]);
    },
    shortcut: (_key, button) => button.click(),
    confirm: (button) => button.click(),
  };
}

/** More stops than any page has: Tab has gone round once and the control is not among them. */
const MOST_STOPS = 250;

/** Keys only. Never `focus()` and never a click by script: a control that Tab does not reach cannot be used. */
export class KeyboardHands implements Hands {
  readonly page: Page;
  /** Keys pressed so far, Tabs included. */
  keys = 0;

  constructor(page: Page) {
    this.page = page;
    // Somebody always listens: Playwright stops the system's own window only while somebody does, and Enter is quick.
    page.on('filechooser', () => undefined);
  }

  async key(name: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(name);
  }

  /** Walks by Tab until one of the elements has the focus; fails when none ever gets it. */
  async tabTo(target: Locator): Promise<void> {
    await target.first().waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await isFocused(target)) return;
      await this.key('Tab');
    }
    throw new Error(`Tab does not reach ${target}`);
  }

  async press(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.key('Enter');
  }

  async write(field: Locator, text: string): Promise<void> {
    await this.tabTo(field);
    if ((await field.getAttribute('type')) === 'date') return this.#writeDay(field, text);
    await this.key('Control+A');
    this.keys += [...text].length;
    await this.page.keyboard.type(text);
  }

  async choose(control: Locator): Promise<void> {
    if (await isOption(control)) return this.#chooseOption(control);
    if ((await control.getAttribute('type')) === 'radio') return this.#chooseRadio(control);
    await this.tabTo(control);
    if (!(await control.isChecked())) await this.key('Space');
  }

  async giveFiles(button: Locator, files: Parameters<Hands['giveFiles']>[1]): Promise<void> {
    await this.#enabled(button);
    await this.tabTo(button);
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.key('Enter')]);
    await chooser.setFiles([...files]);
  }

  async shortcut(key: string, button: Locator): Promise<void> {
    await this.#enabled(button);
    await this.key(key);
  }

  async confirm(button: Locator): Promise<void> {
    await button.waitFor();
    await this.key('Enter');
  }

  /** The portal leaves what cannot be done now in the order of Tab, and says so. */
  #enabled(button: Locator): Promise<void> {
    return button.and(this.page.locator(':not([aria-disabled="true"])')).waitFor();
  }

  /** The order of a date's parts is the browser's: the one that gives the day is kept. */
  async #writeDay(field: Locator, day: string): Promise<void> {
    const [year = '', month = '', date = ''] = day.split('-');
    for (const parts of [month + date + year, year + month + date, date + month + year]) {
      for (let part = 0; part < 3; part += 1) await this.key('ArrowLeft');
      this.keys += parts.length;
      await this.page.keyboard.type(parts);
      if ((await field.inputValue()) === day) return;
    }
    throw new Error(`the day ${day} cannot be typed into ${field}`);
  }

  async #chooseRadio(control: Locator): Promise<void> {
    const name = (await control.getAttribute('name')) ?? '';
    const group = this.page.locator(`input[type=radio][name="${name}"]`);
    await this.tabTo(group);
    const choices = await group.count();
    for (let step = 0; step < choices && !(await isFocused(control)); step += 1) await this.key('ArrowDown');
    if (!(await control.isChecked())) await this.key('Space');
    if (!(await control.isChecked())) throw new Error(`the keys do not choose ${control}`);
  }

  async #chooseOption(option: Locator): Promise<void> {
    const list = option.locator('xpath=ancestor::select');
    const value = await option.getAttribute('value');
    await this.tabTo(list);
    const choices = await list.locator('option').count();
    for (let step = 0; step < choices && (await list.inputValue()) !== value; step += 1)
      await this.key('ArrowDown');
    if ((await list.inputValue()) !== value) throw new Error(`the keys do not choose ${value}`);
  }
}

const isOption = (control: Locator) => control.evaluate((element) => element.tagName === 'OPTION');
const isFocused = (target: Locator) =>
  target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));
