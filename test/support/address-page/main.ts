import { mount } from 'svelte';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';
import '../../../frontend/styles/tokens.css';
import '../../../frontend/styles/base.css';
import Page from './Page.svelte';

await i18n.load(['addresses']);
mount(Page, { target: document.getElementById('app')! });
