DROP TABLE "Settings";
