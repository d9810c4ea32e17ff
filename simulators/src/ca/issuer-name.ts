/** The root and the two generations, whose subject names are equal byte for byte. */
export type IssuerName = 'SIM-GRCA-G3' | 'SIM-MOICA-G2' | 'SIM-MOICA-G3';
