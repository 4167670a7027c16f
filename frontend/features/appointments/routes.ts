import type { PageRoute } from '../../app/page-route.ts';

const atHall = {
  messages: ['halls', 'appointments', 'desk', 'applications'],
  shell: 'desk',
  access: 'staff',
} as const;

export const appointmentsRoutes: readonly PageRoute[] = [
  {
    path: 'appointments',
    page: () => import('./pages/AppointmentsPage.svelte'),
    messages: ['appointments'],
    nav: 'appointments',
    access: 'signedIn',
    parent: 'home',
  },
  {
    // Which windows are free is for everybody to read; only the last step needs a name.
    path: 'newAppointment',
    page: () => import('./pages/NewAppointmentPage.svelte'),
    messages: ['appointments'],
    nav: 'appointments',
    parent: 'home',
  },
  {
    path: 'appointment',
    page: () => import('./pages/AppointmentPage.svelte'),
    messages: ['appointments'],
    nav: 'appointments',
    access: 'signedIn',
    parent: 'appointments',
  },
  {
    path: 'ticket',
    page: () => import('./pages/TicketPage.svelte'),
    messages: ['appointments'],
    nav: 'appointments',
    parent: 'home',
  },
  {
    // What is published about a draw is for everybody to read; only entering it needs a name.
    path: 'draw',
    page: () => import('./pages/DrawPage.svelte'),
    messages: ['appointments'],
    nav: 'appointments',
    parent: 'appointments',
  },
  {
    path: 'hallScreen',
    page: () => import('./pages/ScreenPage.svelte'),
    messages: ['appointments'],
    nav: 'offices',
    shell: 'desk',
  },
  {
    // Nobody signs in on it: it is opened by the machine's own token.
    path: 'kiosk',
    page: () => import('./pages/KioskPage.svelte'),
    messages: ['halls', 'appointments'],
    shell: 'desk',
  },
  { path: 'deskReception', page: () => import('./pages/ReceptionPage.svelte'), ...atHall },
  { path: 'deskBooking', page: () => import('./pages/BookForPage.svelte'), ...atHall },
  { path: 'deskCounter', page: () => import('./pages/CounterPage.svelte'), ...atHall },
  { path: 'deskAppeals', page: () => import('./pages/AppealsPage.svelte'), ...atHall },
  {
    path: 'deskStatistics',
    page: () => import('./pages/StatisticsPage.svelte'),
    ...atHall,
    messages: ['statistics', 'supervision', 'desk'],
  },
  { path: 'adminSchedule', page: () => import('./pages/SchedulePage.svelte'), ...atHall },
];
