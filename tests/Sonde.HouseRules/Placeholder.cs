namespace Sonde.HouseRules;
