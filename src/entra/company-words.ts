/** Given names of the sample company, with letters and signs that real directories have. */
export const GIVEN_NAMES = words(`
  Anna, Jürgen, Søren, Zoë, Łukasz, María José, Chloé, Björn, Aoife, Şebnem, Nguyễn, Ólafur, Fatima, Priya, Wei,
  Haruto, Olena, Dmytro, Amara, Kwame, Lucía, Thomas, Grace, Noah, Ida, Matteo, Émilie, Jonas, Leila, Samuel,
  Ingrid, Tomáš, Agnieszka, Rūta, Jean-Luc, Hannah
`);

/** Surnames of the sample company. */
export const SURNAMES = words(`
  O'Brien, Müller, Nørgaard, Weiß, Wiśniewski, García López, Dubois, Åkesson, D'Angelo, Yılmaz, Trần,
  Jónsdóttir, Al-Sayed, Krishnan, Zhang, Tanaka, Shevchenko, Kovalenko, Okafor, Mensah, Fernández, Smith,
  van der Berg, de la Cruz, Lindqvist, Ricci, Lefèvre, Schäfer, Haddad, Cohen, Çelik, Novák, Kowalska, Kazlauskas,
  Fontaine, Becker, St. John, Ó Súilleabháin, Öztürk, Lee
`);

/** Departments with the job titles found there. */
export const DEPARTMENTS: readonly (readonly [name: string, titles: readonly string[]])[] = [
  ['Sales', ['Account Executive', 'Sales Engineer', 'Regional Lead']],
  ['Marketing', ['Content Editor', 'Campaign Planner', 'Brand Designer']],
  ['Engineering', ['Software Engineer', 'Senior Software Engineer', 'Site Reliability Engineer']],
  ['Research & Development', ['Researcher', 'Lab Technician', 'Principal Researcher']],
  ['Customer Support', ['Support Agent', 'Support Engineer', 'Escalation Lead']],
  ['Finance', ['Controller', 'Accountant', 'Treasury Analyst']],
  ['Legal', ['Counsel', 'Contract Specialist']],
  ['Human Resources', ['Recruiter', 'People Partner']],
  ['Operations', ['Shift Lead', 'Dispatcher', 'Plant Technician']],
  ['Facilities', ['Caretaker', 'Space Planner']],
];

/** An office, with what people who work there share. */
export interface Office {
  city: string;
  state: string;
  country: string;
  street: string;
  postalCode: string;
  language: string;
  timezone: string;
  dial: string;
}

/** The offices of the sample company. */
export const OFFICES: readonly Office[] = [
  office('Berlin', 'Berlin', 'Germany', 'Straße des 17. Juni 100', '10557', 'de-DE', 'Europe/Berlin', '+49 30 5550'),
  office('München', 'Bayern', 'Germany', 'Sendlinger Straße 8', '80331', 'de-DE', 'Europe/Berlin', '+49 89 5550'),
  office('København', 'Hovedstaden', 'Denmark', 'Nørrebrogade 12', '2200', 'da-DK', 'Europe/Copenhagen', '+45 55 50'),
  office('Dublin', 'Leinster', 'Ireland', "St. Stephen's Green 4", 'D02 YX88', 'en-IE', 'Europe/Dublin', '+353 1 555'),
  office(
    'São Paulo',
    'SP',
    'Brazil',
    'Avenida Paulista 1578',
    '01310-200',
    'pt-BR',
    'America/Sao_Paulo',
    '+55 11 5550',
  ),
  office(
    'New York',
    'NY',
    'United States',
    '350 5th Ave, Floor 21',
    '10118',
    'en-US',
    'America/New_York',
    '+1 212 555',
  ),
  office('東京', '東京都', 'Japan', '丸の内1-9-1', '100-0005', 'ja-JP', 'Asia/Tokyo', '+81 3 5550'),
  office('Pune', 'Maharashtra', 'India', 'FC Road 44', '411004', 'en-IN', 'Asia/Kolkata', '+91 20 5550'),
];

/** Group names that have broken somebody's filter, URL or JSON before. */
export const ODD_GROUP_NAMES = [
  'The "A" Team',
  'Führungskräfte & Geschäftsführung',
  'On-call 🚨 24/7',
  'C++ / C# guild',
  "People's Council (EU)",
  '100% remote; café = yes?',
  'R&D\\Prototypes [beta] #1',
  '日本チーム',
];

/** Words from which the names of project groups are made. */
export const PROJECTS = [
  'Aurora',
  'Basalt',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbour',
  'Iris',
  'Juniper',
];

function office(...[city, state, country, street, postalCode, language, timezone, dial]: string[]): Office {
  return { city, state, country, street, postalCode, language, timezone, dial } as Office;
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}
