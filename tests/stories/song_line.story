# A line of a song, a blessing with roses.
李大爷: 大河向东流啊，天上的星星参北斗
李大爷: 早上好🌹🌹🌹愿您天天开心福气满满
李大爷: 谢谢
orders: 0
