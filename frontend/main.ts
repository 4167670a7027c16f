import { mount } from 'svelte';
import App from './App.svelte';
import { tellMakeUpDays } from './app/make-up-days.svelte.ts';
import { chosenLanguage, i18n } from './i18n/i18n.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';

const language = chosenLanguage();
if (language !== 'zh-CN') await i18n.use(language).catch(() => undefined);

// What the build wrote as HTML stays until the first page is drawn, so nothing blinks and nothing is read twice.
const written = document.getElementById('app');
const target = document.createElement('div');
target.hidden = true;
written?.after(target);
tellMakeUpDays();
mount(App, {
  target,
  props: {
    onready() {
      written?.remove();
      target.hidden = false;
    },
  },
});
